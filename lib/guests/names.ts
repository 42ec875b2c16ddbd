/** What guests are called: birds, which nobody is called by mistake. */
const BIRDS =
  'Avocet Bittern Bluetit Bunting Buzzard Bustard Chaffinch Chiffchaff Coot Cormorant Crane Crossbill Cuckoo Curlew Dipper Dotterel Dove Dunlin Dunnock Eagle Egret Eider Fieldfare Firecrest Flycatcher Fulmar Gannet Godwit Goldcrest Goldeneye Goldfinch Goosander Goshawk Grebe Greenfinch Greenshank Grouse Guillemot Harrier Hawfinch Heron Hobby Hoopoe Jackdaw Jay Kestrel Kingfisher Kite Kittiwake Knot Lapwing Lark Linnet Magpie Mallard Martin Merlin Moorhen Nightingale Nightjar Nuthatch Oriole Osprey Ouzel Owl Partridge Petrel Pintail Pipit Plover Pochard Puffin Quail Raven Redpoll Redshank Redstart Redwing Robin Rook Ruff Sanderling Sandpiper Shearwater Shelduck Shoveler Shrike Siskin Skua Snipe Sparrow Spoonbill Starling Stint Stonechat Stork Swallow Swan Swift Teal Tern Thrush Treecreeper Turnstone Wagtail Warbler Waxwing Wheatear Whimbrel Whinchat Whitethroat Wigeon Woodcock Woodpecker Wren Wryneck Yellowhammer'.split(
    ' ',
  );

/**
 * The name of a guest by a number made from their link and cookie: the same numbers give the same name, and the next free one where
 * somebody else of the link has it already.
 */
export function guestName(number: number, taken: ReadonlySet<string>): string {
  for (let round = 1; ; round += 1)
    for (let step = 0; step < BIRDS.length; step += 1) {
      const bird = BIRDS[(number + step) % BIRDS.length];
      const name = round === 1 ? `Guest ${bird}` : `Guest ${bird} ${round}`;
      if (!taken.has(name)) return name;
    }
}

/** The sample source: written for Gloss, about an agency, people and outlets that do not exist. */
export const SAMPLE_TITLE =
  'Draft audit says ministry leaders drove policy that split families at the Varn crossing';
export const SAMPLE_BYLINE = 'Ines Halloran';
export const SAMPLE_SITE = 'The Harbour Ledger';

/** Paragraphs stand apart by blank lines; every mark of `marks.ts` quotes a passage that occurs here once. */
export const SAMPLE_TEXT = `Draft audit says ministry leaders drove policy that split families at the Varn crossing

A draft report by the government’s own watchdog finds that senior officials knew parents and children would be separated, and pressed ahead.

Leaders of the Ministry of Borders were “the engine and not the passengers” of a policy that separated more than 2,300 children from their parents at the Varn crossing, according to a draft report by the Office of the Public Auditor that was obtained by The Harbour Ledger and Radio Meridian on Tuesday.

The audit, which took nineteen months and has not been published, looks at the spring in which the ministry told its prosecutors to charge every adult who crossed outside an official gate. Children cannot be held in a court’s custody, so each charge against a parent meant that a family was taken apart.

Minister Teodor Brandt reportedly opened a call with regional prosecutors in May by telling them that “the children are the lever, and we are going to use it.” Two people who were on the call confirmed the remark to the Ledger. A third remembered it differently: Brandt, she said, had spoken of pressure on the smugglers and never of the children themselves.

Several prosecutors had asked for an exception for parents of infants. His deputy, Maren Oszkar, refused, the draft says. “Age is not a ground to decline a case,” she wrote in an e-mail that the auditors quote, adding that offices which kept “a private list of exceptions” would be asked to explain themselves.

The ministry said at the time that it had no wish to part anyone from their children, and that separation was a side effect of enforcing the law. The draft takes a different view. Officials “understood, in writing and in advance, that full enforcement would separate families,” it states, and they “did not plan for the day after.” No system recorded which child belonged to which parent, the auditors found, and for the first seven weeks the lists were kept by hand.

The auditors are said to have concluded that the number of prosecutions became the only measure that anyone in the minister’s office asked about. One page of the draft, seen by the Ledger, describes a weekly chart of charges that hung outside Brandt’s door.

Deterrence appears to have been the point. A crossing supervisor, whose name is blacked out, wrote in a memo eight months before the policy began that he hoped word of the separations would travel south and “do the work that fences do not,” Radio Meridian reported, citing the draft.

A spokesperson for the ministry, Ruth Adeyemi, denied that anyone had set out to split families. “This draft contains errors of fact that we pointed out to the auditors months ago,” she said in a statement. “The ministry brought charges; it never had charge of the children. Whoever leaked an unfinished document wanted a headline and not the truth.” She declined to say which facts were wrong.

The Office of the Public Auditor would not discuss the document. Drafts are routinely sent to the people named in them for comment and can change before they are published, a clerk for the office said.

Oszkar left the ministry two years ago and now teaches law. Through a lawyer she said that she had “carried out lawful instructions” and had raised concerns of her own, in meetings of which no minutes were kept. The lawyer would not say with whom she had raised them. Brandt did not answer three requests for comment.

For Lidia Moreau, who was parted from her four-year-old son for eleven weeks, the finding came late. “They wrote everything down except where they put my boy,” she said. Her son, now nine, still asks before she leaves a room.

Advocates who have followed the cases say the true number of separations may be higher than the draft’s figure, since families that crossed before the policy was announced were not counted. The auditors looked at none of the crossings before April, according to the draft, because the ministry could not produce the files.

The policy ended after ten weeks, when a court ordered the families reunited. As of last month, the auditors write, 212 children had still not been returned to a parent. The final report is expected before the summer recess.`;

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** Words of each language that are frequent in every text and name nothing: articles, pronouns, prepositions, auxiliaries. */
export const STOP_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further had has have having he her
    here hers herself him himself his how i if in into is it it's its itself just may me might more most must my myself
    no nor not now of off on once only or other our ours ourselves out over own per same shall she should so some such
    than that that's the their theirs them themselves then there these they this those through to too under until up
    upon us very was we were what when where which while who whom whose why will with would you your yours yourself
    yourselves isn't wasn't aren't weren't don't doesn't didn't won't wouldn't can't couldn't hasn't haven't hadn't i'm
    he's she's they're we're you're i've we've they've`),
  de: list(`aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei
    beim bin bis bist da damit dann das dass dein deine dem den denn der des dessen dich die dies diese diesem diesen
    dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen gewesen hab
    habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja
    jede jedem jeden jeder jedes jene jetzt kann kein keine keinem keinen keiner können könnte man manche mein meine
    mich mir mit muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich
    sie sind so solche soll sollte sondern sonst über um und uns unser unter vom von vor während war waren was weg weil
    weiter welche wenn werde werden wie wieder will wir wird wirst wo wollen wurde würde wurden zu zum zur zwar zwischen`),
  fr: list(`à ai au aucun aussi autre aux avait avant avec avoir bien c ce cela ces cet cette ceux chaque ci comme d dans de
    des donc dont du elle elles en encore entre est et étaient était étant été être eu eux fait faut ici il ils j je jusqu
    l la le les leur leurs lui m ma mais me même mes moi mon n ne ni nos notre nous on ont ou où par pas peut peu plus
    pour qu quand que quel quelle qui s sa sans se sera ses si soit son sont sous sur t ta te tes toi ton tous tout toute
    toutes très tu un une vos votre vous y qu'il qu'elle c'est d'un d'une n'est s'est l'on qu'on`),
};

import { meanings } from './word-list';

/** Given names that tell whether "he" or "she" can be meant; names that both have are left out. */
export const GIVEN_NAMES = meanings({
  woman: `
    alice alyssa amanda amy ana andrea angela anita ann anna anne annie barbara beth betty brenda carol caroline catherine
    cecilia charlotte christina christine claire clara daisy deborah denise diana diane donna doris dorothy elena elisabeth
    elizabeth ella ellen emily emma esther eva fatima fiona gloria grace greta hannah hanne heather helen helena ingrid irene
    isabel jane janet jennifer jessica joan joanna judith julia julie karen karin katherine kathleen kathryn laura linda
    lisa louise lucy margaret maria marie martha mary megan melissa michelle monica nancy natalie nicole nina olivia
    pamela patricia paula rachel rebecca rosa ruth sally sandra sara sarah sharon silvia sofia sophie stephanie susan
    sylvia teresa theresa tracey ursula valerie vanessa victoria virginie wendy yvonne zoe aurélie christiane françoise`,
  man: `
    adam alan albert alexander alfred andrew anthony antonio arthur barack ben benjamin bernard bill bob brian bruce carl carlos
    charles christopher claude daniel david dennis donald douglas edward eric ernest frank frederick gary george gerald
    gregory hans harold harry henry howard hugo ian jack jacob james jason jeff jeffrey jeremy joe john jonathan joseph
    juan karl keith kenneth kevin larry lars laurent lawrence luis luke marc mark martin matthew michael mike mitch mohammed
    nicholas nicolas olaf oliver oscar paul pedro peter philip philippe pierre ralph raymond richard robert rod roger ronald
    russell ryan samuel scott sergio simon stephen steven stuart thomas timothy tom tony tyler victor vincent wade walter
    william françois patrick`,
});

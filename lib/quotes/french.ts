import type { Language } from './language';
import { meanings, phrases, words } from './word-list';

/** French. Add a verb in the forms that newspapers use: present, past participle, imperfect, conditional. */
export const FRENCH: Language = {
  tag: 'fr',
  saying: words(`
    dit disait dire disent dirait affirme affirmait affirmé affirment ajoute ajoutait ajouté ajoutent annonce annonçait annoncé annoncent
    assure assurait assuré assurent avoue avouait avoué confie confiait confié confirme confirmait confirmé considère considérait considéré
    considèrent conclut concluait conclu critique critiqué dénonce dénonçait dénoncé dénoncent déclare déclarait déclaré
    déclarent déplore déploré demande demandait demandé écrit écrivait écrivent énonce énonçait énoncé énoncent estime estimait
    estimé estiment évoque évoquait évoqué explique expliquait expliqué expliquent indique indiquait indiqué indiquent insiste insistait
    insisté interroge interrogé juge jugeait jugé jugent jure juré lance lançait lancé martèle martelé note notait noté
    observe observait observé précise précisait précisé précisent prévient prévenu prévoit prévoyait prévoient proclame proclamé promet
    promis raconte racontait raconté rappelle rappelait rappelé reconnaît reconnu regrette regretté remarque remarqué répète répété répond
    répondait répondu résume résumé rétorque rétorqué révèle révélé souligne soulignait souligné soulignent soutient soutenu
    stipule stipulait stipulent suggère suggéré appelle appelé qualifie qualifié avance avancé argue arguant promettait`),
  naming: words('appelle appelé qualifie qualifié'),
  nouns: words('annonce note demande critique écrit énoncé remarque juge avance lance conclu résumé appelé'),
  gerund: /ant$/,
  past: null,
  base: null,
  adverb: /(?:amment|emment|ivement|alement|ellement|ètement|airement|iquement)$/,
  adverbs: words(`
    également aussi encore ensuite puis alors enfin déjà toujours souvent notamment apparemment ainsi même par ailleurs
    récemment jamais pas t ne y en lui leur nous se s l`),
  auxiliaries: words('a ont ai avait avaient aura eu'),
  being: words('est sont était étaient sera seront été être fut furent'),
  modals: words('devrait devraient pourrait pourraient peut peuvent faudrait'),
  supposing: phrases('comme pour dire | comme si'),
  hedges: words('apparemment prétendument soi-disant aurait auraient'),
  according: phrases('selon | d après | à en croire'),
  obtained: phrases(
    'obtenu par | obtenue par | consulté par | consultée par | révélé par | révélée par | publié par',
  ),
  determiners: words(
    'le la les l un une des ce cet cette ces son sa ses leur leurs notre nos mon ma mes certains plusieurs autres quelques',
  ),
  links: words('de du des d'),
  stops: words(`
    à au aux avec après avant car chez comme contre dans depuis dès donc dont durant en entre et hors jusque lors lorsque mais
    malgré ni or où ou par parce parmi pendant pour pourtant puisque quand que qu qui sans sauf si sous sur tandis vers voici
    voilà ne n pas plus est sont était étaient a ont avait avaient sera se s y il elle ils elles on nous je j vous tu afin
    cependant ainsi sera pourront pourra de du des d`),
  pronouns: meanings({
    man: 'il',
    woman: 'elle',
    many: 'ils elles',
    author: 'je j',
    authors: 'nous on',
    thing: 'ce cela ça c vous',
  }),
  relatives: words('qui'),
  firstPerson: words('je j mon ma mes moi'),
  titles: meanings({
    man: 'm monsieur père prince roi',
    woman: 'mme madame mlle reine princesse',
    anybody: `dr docteur me maître président présidente ministre premier première secrétaire député députée sénateur sénatrice
      maire juge procureur procureure général générale directeur directrice chef professeur porte-parole commissaire préfet
      préfète rapporteur rapporteure ancien ancienne pdg avocat avocate écologiste socialiste ump journaliste`,
  }),
  organisations: words(
    'ministère université institut banque agence bureau conseil commission cour parti union association société gouvernement police assemblée groupe fondation',
  ),
  indefinites: words('un une'),
  agents: words('par'),
  particles: words('de la le du des van von der d l'),
  abbreviations: words('m mm dr me st ste art av apr janv févr juil sept oct nov déc etc'),
  times: words(
    'lundi mardi mercredi jeudi vendredi samedi dimanche hier demain matin soir midi aujourd hui janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  ),
  inscriptions: words('pancarte pancartes panneau panneaux affiche affiches banderole banderoles enseigne'),
  headlineSources: words('rapport étude police sondage'),
};

/**
 * What English key results count when they count what we do: acts, who of ours does them, and what comes of them at
 * once. In lower case.
 */

const anyOf = (list: string) => list.trim().split(/\s+/).join('|').replaceAll('_', '[ -]')

/** Acts of ours, whatever they are done to: forms by their ending. */
const ACT =
  '(?:' +
  anyOf(`
    advertis approach attend audit brief broadcast call canvass carr(?:y|ies|ied|ying)_out chair circulat coach cold-call
    conduct contact demonstrat distribut doorstep draft e-?mail exhibit_(?:at|in) facilitat film hand_out
    hand(?:s|ed|ing)_out hang_up hold host inspect interview invit knock_(?:on|at) knock(?:s|ed|ing)_(?:on|at) lectur
    mail mail_out mentor moderat observ organi[sz] participat(?:e|es|ed|ing)?_in perform phon photograph pitch poll post
    present_(?:at|to|on) present(?:s|ed|ing)_(?:at|to|on) print proofread publish put_on put_up put(?:s|ting)?_(?:on|up)
    reach_out_to reach(?:es|ed|ing)_out_to rehears ring review read_aloud read_(?:aloud_)?(?:to|in) read(?:s|ing)_(?:aloud_)?(?:to|in) send shadow shoot speak_(?:at|to|with)
    speak(?:s|ing)_(?:at|to|with) stag survey sit_in_on take_part_in tak(?:es|ing)_part_in talk_(?:to|with)
    talk(?:s|ed|ing)_(?:to|with) telephon text tour train translat tutor upload visit volunteer_(?:at|in|for) walk writ
  `) +
  ')(?:e|es|ed|ing|s|t|ts|ting|ped|ping|led|ling|ming|med)?'
const PAST_ACT = 'held|sent|wrote|spoke|took part in|hosted|ran|gave|met(?: with)?'

/** Acts only where what is counted says so: one also gives refunds, and makes a profit. */
const LIGHT_VERB =
  '(?:' +
  anyOf(`
    add air announc arrang assembl build compil complet compos cook creat deliver design develop do do(?:es|ing)
    execut field film finish file fund g[io]v has ha(?:v|s) issu launch lead log mak offer order perform place plac plan prepar
    present produc provid put record releas run schedul serv set_up share shar show spend start submit take tak teach
    undertak run(?:s|ning) go(?:es|ing)?_(?:to|on) go meet meet_(?:for|at) lay_on join
  `) +
  ')(?:e|es|ed|en|ing|s|t|ts|ting|n)?'

/** What is counted when work is. */
const PIECE =
  '(?:' +
  anyOf(`
    ads? adverts? advertisements? advertorials? appeals? appearances? articles? assemblies audits? awareness_days?
    backlinks? ballets? banners? billboards? bids? blogs? blog_?posts? board_games? briefings? broadcasts? brochures? bulletins?
    business_cards? calendars? (?:cold|outreach|follow-up|sales|phone|outbound|discovery|check-in|coaching|thank-you|video|conference|reference|customer|donor|client|welcome|weekly|monthly|prospecting)_calls?
    campaigns? case_studies case_study catalogues? catalogs? ceremonies chapters? check-?ins? classes clinics_?held coffee_mornings?
    columns? concerts? conferences? consultations_?held conversations? courses? debates? demonstrations? demos?
    design_reviews? dialogues? dinners? discussions? displays? drafts? drills? drop-ins? e-?books? e-?learnings?
    editions? editorials? emails? episodes? essays? events? excursions? exercises? exhibitions? exhibits? experiments?
    factsheets? fairs? feature_stories feedback_rounds? field_trips? films? fire_drills? fliers? flyers? focus_groups? forums?
    grant_applications? (?:funding|grant)_(?:bids?|proposals?|requests?) guest_lectures? guidelines? guides? guided_tours?
    hackathons? hand-?books? hand-?outs? house_calls? infographics? inductions? info(?:rmation)?_(?:days?|evenings?|nights?|sessions?)
    inspections? interviews? internal_audits? job_fairs? keynotes? knowledge_articles? landing_pages? leaflets? leadership_programmes?
    leagues_?run learning_modules? lectures? lessons? letters? live_?streams? loyalty_cards? lunch-and-learns?
    lunches magazines? mailings? mail-?outs? mailshots? manuals? master_?classes masterclass matinees? meetings? meet-?ups?
    memos? merch_drops? mock_(?:exams?|audits?|interviews?|trials?) modules? newsletters? newspaper_ads? notices?
    one-on-ones? one-to-ones? 1:1s? online_courses? op-?eds? open_days? open_houses? outreach_(?:emails|events?|visits?)
    pamphlets? panels? panel_discussions? papers? parents'?_evenings? patrols? performance_reviews? performances? phone_calls? photo_shoots?
    pilots? pitches podcasts? podcast_episodes? pop-?ups? pop-up_(?:shops|stands|stalls) postcards? posters? posts? presentations? press_(?:conferences?|releases?|trips?|statements?|kits?)
    procedures? product_demos? product_videos? programs? programmes? promos? promotions? proofs? prototypes? protocols? publications? q&as?
    questionnaires? quizzes rallies readings? receptions? recipes? recitals? reels? rehearsals? reports? retros?
    retrospectives? retreats? reviews_(?:held|of) roadshows? round_?tables? safety_(?:walks|audits|talks|briefings|checks) samples? scripts? seminars? sessions? shifts? shows? site_(?:visits?|audits?|inspections?|tours?)
    sketches slides? slots? social_(?:media_)?posts? soirees? sops? speeches sprints? stalls? stands? stand-?ups? statements? stories study_(?:trips?|visits?|tours?)
    summits? supervisions? surveys? symposia symposiums? syncs? talks? taster_(?:days?|sessions?) tastings? team_(?:events?|meetings?|days?) templates? testimonials?
    test_runs? theme_(?:days?|weeks?) toolbox_talks? tours? town_halls? trade_(?:fairs?|shows?) trainings? training_(?:days?|sessions?|modules?|courses?) translations? treasure_hunts?
    trips? tutorials? tv_spots? radio_spots? updates? user_(?:tests?|interviews?|studies) videos? video_clips? vignettes? visits? vlogs? voice-?overs?
    walk-?throughs? walk-?abouts? walking_tours? webcasts? webinars? white_?papers? workshops? yoga_classes gemba_walks? certifications? qualifications? courses?
    curricula lesson_plans? risk_assessments? assessments? appraisals? appraisal_interviews? development_talks? toolkits? checklists? maps? drawings? renderings? mock-?ups? wireframes?
  `) +
  ')'
const TEACHING =
  '(?:coaching|training|mentoring|teaching|tuition|tutoring|instruction|volunteering|volunteer work|supervision|counselling|counseling|consulting|e-?learning|learning|study|professional development|development|workshops?|classes|content|video|footage|rehearsals?|meetings?|overtime|practice|observation)'

/** Who of ours does it. */
const OURS =
  '(?:' +
  anyOf(`
    (?:account|area|branch|brand|campaign|case|category|community|country|department|depot|district|engagement|event|field|floor|hotel|hr|key_account|line|marketing|middle|office|operations|partner|people|plant|product|program(?:me)?|project|property|quality|regional|relationship|restaurant|sales|senior|shift|shop|site|store|success|team|territory|warehouse|ward)_managers?
    account_executives? accountants? advis[eo]rs? agents? analysts? apprentices? archivists? architects? associates? auditors? baristas? bartenders? board_members?
    buyers?(?=_of_ours) caretakers? carers? caseworkers? chefs? clerks? clinicians? coaches colleagues? consultants? controllers? coordinators? counsell?ors?
    csms? curators? dentists? departments? designers? developers?(?=_(?:of_ours|give|attend|speak|write)) directors? dispatchers? doctors? editors? employees? engineers? executives?
    experts? facilitators? fellows? field_reps? foremen founders? fundraisers? gardeners? hr hrbps? inspectors? it interns? instructors? journalists? junior_[a-z]+s? kam?s? laboratory_staff lawyers? leaders?
    leadership_team lecturers? librarians? management managers? marketers? mechanics? medics? members_of_staff mentors? midwives ministers?
    new_(?:hires?|joiners?|starters?) nurses? officers? operators? paralegals? pharmacists? physicians? planners? porters? product_owners? producers? professors? recruiters?
    receptionists? rangers? reps? representatives? researchers? salespeople sales_(?:reps?|staff|team|force|agents?) scientists? seniors? social_workers? specialists? squads? staff
    staff_members? stewards? supervisors? surgeons? teachers? teaching_staff teams? team_(?:leads?|leaders?|members?) technicians? therapists? trainees? trainers? translators? tutors? underwriters? volunteers? waiters? wardens? workers?
  `) +
  ')'
const QUANTIFIED =
  '(?:(?:100 ?% of(?: our| the| all)?|each|every|all|our|the|both|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\\d{1,4})(?: of (?:our|the))? )?'
const UNITS =
  '(?:each|every|all|our|all of our) (?:[a-z-]+ ){0,2}?(?:branch(?:es)?|offices?|stores?|shops?|plants?|depots?|sites?|librar(?:y|ies)|clinics?|wards?|departments?|factor(?:y|ies)|regions?|hotels?|restaurants?|schools?|chapters?|units?|labs?|studios?|divisions?|warehouses?)'
const SUBJECT = `(?:${UNITS}|${QUANTIFIED}(?:(?!who|that|and|of|by|with|from|per|from|to)[a-z-]+ ){0,3}?${OURS}(?: (?:in|of|at|from) (?:each|the|our|every) [a-z-]+| (?:each|all))?)`

const NUMBER =
  '(?:at least |over |more than |around |about |another |up to |the first |a total of |a further |some |no fewer than )?(?:\\d[\\d,]*k?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|(?:a |one )?(?:dozen|hundred|thousand))\\+?'
const QUALIFIED = "(?:(?!who|that|from|to|and|of|with)[a-z0-9·'’&-]+ ){0,5}?"
const FEW = '(?:(?:a|an|the|our|one|its|their|every|all) )?'

/** “distribute 3,000 leaflets”, “each account manager calls 20 dormant customers”. */
const ACT_OF_NUMBER = new RegExp(`^(?:${ACT}|${PAST_ACT})(?: out| up)? ${NUMBER}(?![a-z%])`)
const PIECES_MADE = new RegExp(
  `^${LIGHT_VERB}(?: out| up| on| in| to| at)? ${NUMBER} ${QUALIFIED}${PIECE}(?![a-z-])`,
)
const HOURS_OF = `hours (?:of |in )${QUALIFIED}${TEACHING}(?![a-z-])`
const HOURS_GIVEN = new RegExp(
  `^(?:at least |over )?\\d[\\d,]* ${TEACHING} hours(?= (?:for|by|with|to|in|at|per|delivered|given) |[.]?$)|^(?:(?:${LIGHT_VERB}|${ACT}) (?:(?:each|every|all|our) [a-z'’ -]{0,40} )?)?${NUMBER} ${HOURS_OF}`,
)
const SUBJECT_ACTS = new RegExp(
  `^${SUBJECT} (?:will |has |have |each |all |regularly |then )?(?:(?:${ACT}|${PAST_ACT})(?: out| up)? (?:[a-z'’ -]{0,40} )?(?:${NUMBER}|${FEW}${QUALIFIED}${PIECE})(?![a-z-])|${ACT} (?:every|each|all|our|at|in|with|regularly|${FEW}${QUALIFIED}(?:training|${PIECE}))(?![a-z-])|${LIGHT_VERB}(?: out| up| on| in| to| at)? (?:${NUMBER} |${FEW})${QUALIFIED}(?:${PIECE}|trainings?|courses?|programmes?|certificates?)(?![a-z-])|${LIGHT_VERB} ${NUMBER} ${HOURS_OF})`,
)
/** “12 newsletters sent”, “8 open days are organised for …”. */
const PIECES_DONE = new RegExp(
  `^${NUMBER} ${QUALIFIED}${PIECE} (?:[a-z-]+ ){0,3}?(?:(?:is|are|were|was|get|have been|has been|being|to be) )?(?:successfully )?(?:aired|arranged|attended|broadcast|carried out|completed|conducted|created|delivered|designed|developed|distributed|done|drafted|facilitated|filmed|finished|given|handed out|held|hosted|issued|launched|led|mailed|made|offered|organi[sz]ed|performed|placed|planned|posted|prepared|presented|printed|produced|provided|published|put up|recorded|released|run|scheduled|sent|shared|shot|staged|submitted|taught|translated|undertaken|uploaded|visited|written)(?= (?:to|for|in|on|at|with|across|about|by the end|every|each|per|this|during|out|before|throughout|by) |[.!,;]?$| ·|, (?:each|every) )`,
)
/** “Two blog articles a week”. */
const PIECES_OFTEN = new RegExp(
  `^${NUMBER} (?!visits?|calls|shows|updates)${QUALIFIED}(?!visits?|calls|shows|updates)${PIECE} (?:a|per|each|every) (?:day|week|fortnight|month|quarter|term|semester|year|sprint|season)(?![a-z])`,
)
const CONTACTED = new RegExp(
  `^${NUMBER} ${QUALIFIED}[a-z-]+ (?:(?:is|are|were|was|have been|has been|to be) )?(?:approached|audited|briefed|called|canvassed|coached|cold-called|contacted|distributed|doorstepped|emailed|e-mailed|handed out|inspected|interviewed|invited|mailed|mentored|phoned|polled|pitched|put up|surveyed|toured|trained|visited)(?= (?:to|for|in|on|at|about|by the end|every|each|per|this|during|before|throughout) |[.!,;]?$| ·|, (?:each|every) )`,
)

/** “Have coffee with 20 churned users”. */
const MET = new RegExp(
  `^(?:(?:having|take|taking|go for|share) )?(?:a |an )?(?:[a-z-]+ ){0,2}(?:coffees?|lunch(?:es)?|breakfasts?|dinners?|drinks?|teas?|calls?|chats?|talks?|meetings?|conversations?|walks?) with ${NUMBER}`,
)
/** “Ranger-led walks: 40”. */
const PIECES_LISTED = new RegExp(
  `^${QUALIFIED}(?!visits?|calls|shows|updates)(?:${PIECE}|walks)(?: held| run| published)?: ?${NUMBER}(?: (?:a|per|each) [a-z]+)?[.]?$`,
)

/** “All sommeliers take the level 2 course”. */
const EVERYBODY_TRAINED =
  /^(?:all|every|each) (?:of )?(?:our )?(?!customers?|clients?|users?|patients?|students?|pupils?|child(?:ren)?|members?|parents?|famil(?:y|ies)|residents?|guests?|visitors?)(?:[a-z-]+ ){1,3}?(?:takes?|attends?|completes?|finish(?:es)?|undergo(?:es)?|receives?|joins?) (?:a |an |the |our )?[^,;.]{0,40}?(?:course|training|e-?learning|workshop|seminar|module|induction|briefing|drill)s?(?![a-z-])/
const ACTS = [
  EVERYBODY_TRAINED,
  MET,
  PIECES_LISTED,
  ACT_OF_NUMBER,
  PIECES_MADE,
  HOURS_GIVEN,
  SUBJECT_ACTS,
  PIECES_DONE,
  PIECES_OFTEN,
  CONTACTED,
]

/** What an act is said to bring, or whose it is: counted, that is a result; and so is what falls or rises. */
const RESULT =
  /(?<![a-z-])(?:fall|drop|declin|ris|climb|decreas|increas|shrink|sink|dip|grow|go(?:es)? (?:up|down)|com(?:e|es) down)(?:e|es|s|ing)? (?:to|by|from|below|under|above|past) |(?<![a-z-])(?:(?:that|which|who|and|to)(?: each| all| together)? (?:bring|win|attract|generate|reach|convert|earn|get|draw|produce|yield|sell|gain|add|sign|buy|lead|cut|rais|reduc|book)[a-z]*|lead(?:s|ing)? to|result(?:s|ing)? in|bringing|generating|attracting|winning|earning|worth|by (?:customers|users|patients|clients|readers|members|players|partners|students|others))(?![a-z])/

/** The words that say that somebody of ours does so many of an act, or null. */
export function actIn(core: string): string | null {
  for (const act of ACTS) {
    const found = act.exec(core)
    if (found !== null) return RESULT.test(core) ? null : found[0]
  }
  return null
}

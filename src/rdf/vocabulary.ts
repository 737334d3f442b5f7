/* Generated from ontology/communique.ttl by `npm run generate`: change it there. */
import { DataFactory } from 'n3'

const { namedNode } = DataFactory

export const cmq = {
  /** Someone or something that a text treats as able to act, to be a member or to speak. */
  Agent: namedNode('https://w3id.org/communique/ns#Agent'),
  /** Ties someone to an event at which the text says they were present. */
  attends: namedNode('https://w3id.org/communique/ns#attends'),
  /** Ties someone to an event that the text says they carried on with others. */
  takesPartIn: namedNode('https://w3id.org/communique/ns#takesPartIn'),
  /** A human being whom a text names. */
  Person: namedNode('https://w3id.org/communique/ns#Person'),
  /** People of whom a text speaks together without naming them. */
  Group: namedNode('https://w3id.org/communique/ns#Group'),
  /** People joined together for a purpose, so that they act as one. */
  Organization: namedNode('https://w3id.org/communique/ns#Organization'),
  /** A lasting body that States or their authorities form by agreement and of which they are the members. */
  IntergovernmentalOrganization: namedNode('https://w3id.org/communique/ns#IntergovernmentalOrganization'),
  /** An organ of an organization that meets, decides and chooses on its behalf. */
  GoverningBody: namedNode('https://w3id.org/communique/ns#GoverningBody'),
  /** Ties a governing body to the organization on whose behalf it decides. */
  isOrganOf: namedNode('https://w3id.org/communique/ns#isOrganOf'),
  /** A ministry, agency or other authority of one State. */
  GovernmentBody: namedNode('https://w3id.org/communique/ns#GovernmentBody'),
  /** People whom a country sends to one event to speak for it there. */
  Delegation: namedNode('https://w3id.org/communique/ns#Delegation'),
  /** Ties a delegation to the country that sent it. */
  represents: namedNode('https://w3id.org/communique/ns#represents'),
  /** Ties a delegation to the event it was sent to. */
  isDelegatedTo: namedNode('https://w3id.org/communique/ns#isDelegatedTo'),
  /** Ties a delegation to the person who leads it. */
  isHeadedBy: namedNode('https://w3id.org/communique/ns#isHeadedBy'),
  /** Several encounters of which a text speaks together, often without saying how many there were. */
  MeetingSeries: namedNode('https://w3id.org/communique/ns#MeetingSeries'),
  /** Ties a series of meetings to the delegation that the text says had them with others. */
  isHeldByDelegation: namedNode('https://w3id.org/communique/ns#isHeldByDelegation'),
  /** Ties a series of meetings to a country whose people were met there. */
  meetsColleaguesFrom: namedNode('https://w3id.org/communique/ns#meetsColleaguesFrom'),
  /** Says whether the countries named for a series of meetings are all there were. */
  isCompleteList: namedNode('https://w3id.org/communique/ns#isCompleteList'),
  /** A part of the earth that a text names. */
  Place: namedNode('https://w3id.org/communique/ns#Place'),
  /** Ties a place to a larger place around it. */
  isLocatedIn: namedNode('https://w3id.org/communique/ns#isLocatedIn'),
  /** A town of any size. */
  City: namedNode('https://w3id.org/communique/ns#City'),
  /** A State together with its territory, under one name. */
  Country: namedNode('https://w3id.org/communique/ns#Country'),
  /** Something that happens, has happened or is planned to happen. */
  Event: namedNode('https://w3id.org/communique/ns#Event'),
  /** Says whether one document reports an event as held or announces it as planned, postponed or cancelled. */
  hasStatedStatus: namedNode('https://w3id.org/communique/ns#hasStatedStatus'),
  /** Ties an event that took place to where it did. */
  isHeldIn: namedNode('https://w3id.org/communique/ns#isHeldIn'),
  /** Ties an event to where a text announces that it will take place. */
  isPlannedIn: namedNode('https://w3id.org/communique/ns#isPlannedIn'),
  /** Ties an event to the larger event of which it is one stage. */
  isPartOf: namedNode('https://w3id.org/communique/ns#isPartOf'),
  /** Ties an event to another within whose time it happens. */
  takesPlaceDuring: namedNode('https://w3id.org/communique/ns#takesPlaceDuring'),
  /** Ties an event to another on whose margins it happens. */
  takesPlaceBeside: namedNode('https://w3id.org/communique/ns#takesPlaceBeside'),
  /** Ties an event to an earlier one. */
  takesPlaceAfter: namedNode('https://w3id.org/communique/ns#takesPlaceAfter'),
  /** Ties an event to the governing body that carries it out. */
  isConductedBy: namedNode('https://w3id.org/communique/ns#isConductedBy'),
  /** Ties an event to a subject matter treated there. */
  hasTopic: namedNode('https://w3id.org/communique/ns#hasTopic'),
  /** Ties an event to the subject that drew most attention there. */
  hasFocus: namedNode('https://w3id.org/communique/ns#hasFocus'),
  /** Ties an event to a subject that was talked over there. */
  discusses: namedNode('https://w3id.org/communique/ns#discusses'),
  /** Gives the first day of an event as the text writes it. */
  statedBegin: namedNode('https://w3id.org/communique/ns#statedBegin'),
  /** Gives the last day of an event as the text writes it, that day included. */
  statedEnd: namedNode('https://w3id.org/communique/ns#statedEnd'),
  /** Gives the words by which a text says when an event happens, where they are no date. */
  statedTime: namedNode('https://w3id.org/communique/ns#statedTime'),
  /** Gives the number of days that a text says an event took. */
  durationDays: namedNode('https://w3id.org/communique/ns#durationDays'),
  /** Gives the date before which something did not start. */
  earliestBegin: namedNode('https://w3id.org/communique/ns#earliestBegin'),
  /** Gives the date by which something had started. */
  latestBegin: namedNode('https://w3id.org/communique/ns#latestBegin'),
  /** Gives the date before which something was not over. */
  earliestEnd: namedNode('https://w3id.org/communique/ns#earliestEnd'),
  /** Gives the date by which something was over. */
  latestEnd: namedNode('https://w3id.org/communique/ns#latestEnd'),
  /** One of the states in which a document can present something that happens: done, announced, put off or given up. */
  EventStatus: namedNode('https://w3id.org/communique/ns#EventStatus'),
  /** Ties a status to one that it replaces, when a later document reports it of the same event. */
  supersedes: namedNode('https://w3id.org/communique/ns#supersedes'),
  /** The states of an event that documents report. */
  EventStatuses: namedNode('https://w3id.org/communique/ns#EventStatuses'),
  /** The document reports that the event took place. */
  Held: namedNode('https://w3id.org/communique/ns#Held'),
  /** The document announces that the event is to take place. */
  Planned: namedNode('https://w3id.org/communique/ns#Planned'),
  /** The document reports that the event will take place later than was announced. */
  Postponed: namedNode('https://w3id.org/communique/ns#Postponed'),
  /** The document reports that the event will not take place. */
  Cancelled: namedNode('https://w3id.org/communique/ns#Cancelled'),
  /** One meeting, over a day or several, of the members of a governing body. */
  AssemblySession: namedNode('https://w3id.org/communique/ns#AssemblySession'),
  /** Ties a session to the body whose members meet in it. */
  isSessionOf: namedNode('https://w3id.org/communique/ns#isSessionOf'),
  /** Gives the number of a session in the count of all sessions of its body. */
  ordinal: namedNode('https://w3id.org/communique/ns#ordinal'),
  /** Ties a session to the one directly before it. */
  follows: namedNode('https://w3id.org/communique/ns#follows'),
  /** The ceremony or sitting with which an assembly begins its meeting. */
  SessionOpening: namedNode('https://w3id.org/communique/ns#SessionOpening'),
  /** A talk in which people weigh a matter together. */
  Discussion: namedNode('https://w3id.org/communique/ns#Discussion'),
  /** A subject matter that is treated at an event. */
  Topic: namedNode('https://w3id.org/communique/ns#Topic'),
  /** Ties a topic or a development to a kind of offence it is about. */
  concernsCrime: namedNode('https://w3id.org/communique/ns#concernsCrime'),
  /** A kind of offence that a text names. */
  CrimeType: namedNode('https://w3id.org/communique/ns#CrimeType'),
  /** An act of speaking or writing that a text reports of a person. */
  Utterance: namedNode('https://w3id.org/communique/ns#Utterance'),
  /** Ties an utterance to the person whose words it is. */
  isSpokenBy: namedNode('https://w3id.org/communique/ns#isSpokenBy'),
  /** An address to an audience, so called by the text. */
  Speech: namedNode('https://w3id.org/communique/ns#Speech'),
  /** An office that exists whether or not someone is in it. */
  Post: namedNode('https://w3id.org/communique/ns#Post'),
  /** Ties an office to the organization that has it. */
  isPostIn: namedNode('https://w3id.org/communique/ns#isPostIn'),
  /** Ties an office of State to the country it belongs to. */
  isPostOfCountry: namedNode('https://w3id.org/communique/ns#isPostOfCountry'),
  /** One person's time in one post, whose beginning and end are often unknown. */
  Tenure: namedNode('https://w3id.org/communique/ns#Tenure'),
  /** Ties a tenure to the person in office. */
  hasHolder: namedNode('https://w3id.org/communique/ns#hasHolder'),
  /** Ties a person's time in office to the post. */
  isTenureOf: namedNode('https://w3id.org/communique/ns#isTenureOf'),
  /** Ties a tenure to an event at which the text calls the person by the post. */
  isAttestedDuring: namedNode('https://w3id.org/communique/ns#isAttestedDuring'),
  /** An event in which someone is chosen for an office, whoever chooses. */
  Election: namedNode('https://w3id.org/communique/ns#Election'),
  /** Ties an election to the one who was chosen. */
  electsPerson: namedNode('https://w3id.org/communique/ns#electsPerson'),
  /** Ties an election to the office it was about. */
  fillsPost: namedNode('https://w3id.org/communique/ns#fillsPost'),
  /** An event by which someone becomes a member of an organization. */
  Admission: namedNode('https://w3id.org/communique/ns#Admission'),
  /** Ties an admission to the one who becomes a member. */
  admits: namedNode('https://w3id.org/communique/ns#admits'),
  /** Ties an admission to the organization that gains a member. */
  admitsTo: namedNode('https://w3id.org/communique/ns#admitsTo'),
  /** The time during which one agent belongs to one organization. */
  MembershipInOrganization: namedNode('https://w3id.org/communique/ns#MembershipInOrganization'),
  /** Ties a membership to the agent who belongs. */
  hasMember: namedNode('https://w3id.org/communique/ns#hasMember'),
  /** Ties a membership to the organization belonged to. */
  isMembershipIn: namedNode('https://w3id.org/communique/ns#isMembershipIn'),
  /** An event in which one or more formal decisions are passed, whoever passes them. */
  ResolutionAdoption: namedNode('https://w3id.org/communique/ns#ResolutionAdoption'),
  /** Formal decisions of which a text speaks together, often without number or title. */
  ResolutionSet: namedNode('https://w3id.org/communique/ns#ResolutionSet'),
  /** Ties resolutions to the event in which they were passed. */
  isAdoptedDuring: namedNode('https://w3id.org/communique/ns#isAdoptedDuring'),
  /** Gives the words by which a text says what resolutions are for. */
  aim: namedNode('https://w3id.org/communique/ns#aim'),
  /** A change or trend in the world that a text names as a cause, an effect or a threat. */
  Development: namedNode('https://w3id.org/communique/ns#Development'),
  /** Ties a development to another that somebody says it brings about. */
  leadsTo: namedNode('https://w3id.org/communique/ns#leadsTo'),
  /** Gives the words by which somebody says what must be done against a development. */
  remedy: namedNode('https://w3id.org/communique/ns#remedy'),
  /** A number that a text gives, with what it numbers, for whom and as of when. */
  Count: namedNode('https://w3id.org/communique/ns#Count'),
  /** Gives the number itself. */
  countValue: namedNode('https://w3id.org/communique/ns#countValue'),
  /** Ties a number to the sort of thing it numbers. */
  countsKind: namedNode('https://w3id.org/communique/ns#countsKind'),
  /** Ties a number to the organization or the event whose members or participants it numbers. */
  countsFor: namedNode('https://w3id.org/communique/ns#countsFor'),
  /** Ties a number to the event right after which it is true. */
  isCountedAsOf: namedNode('https://w3id.org/communique/ns#isCountedAsOf'),
  /** Says how exact a number is by the text's own words. */
  hasCountQualifier: namedNode('https://w3id.org/communique/ns#hasCountQualifier'),
  /** A sort of thing that texts give numbers of. */
  CountedKind: namedNode('https://w3id.org/communique/ns#CountedKind'),
  /** The sorts of things that are counted here; a project adds its own in a scheme of its own. */
  CountedKinds: namedNode('https://w3id.org/communique/ns#CountedKinds'),
  /** A State that belongs to the organization. */
  MemberCountry: namedNode('https://w3id.org/communique/ns#MemberCountry'),
  /** A State of which the chief of a law enforcement agency came to the event. */
  CountryRepresentedByHead: namedNode('https://w3id.org/communique/ns#CountryRepresentedByHead'),
  /** A word of the text that says how exact a number is. */
  CountQualifier: namedNode('https://w3id.org/communique/ns#CountQualifier'),
  /** How exact a number is by the words of the text. */
  CountQualifiers: namedNode('https://w3id.org/communique/ns#CountQualifiers'),
  /** The text stresses that the number is precise. */
  Exactly: namedNode('https://w3id.org/communique/ns#Exactly'),
  /** The text calls the number approximate. */
  About: namedNode('https://w3id.org/communique/ns#About'),
  /** The text says that the true number is this one or a higher one. */
  AtLeast: namedNode('https://w3id.org/communique/ns#AtLeast'),
  /** The text says that the true number is higher than this one. */
  MoreThan: namedNode('https://w3id.org/communique/ns#MoreThan'),
  /** Gives a spelling by which the text calls a thing, letter for letter. */
  nameAsWritten: namedNode('https://w3id.org/communique/ns#nameAsWritten'),
  /** Gives a sober adjective that the author uses of a thing. */
  descriptor: namedNode('https://w3id.org/communique/ns#descriptor'),
  /** Gives the words by which somebody judges a thing. */
  characterization: namedNode('https://w3id.org/communique/ns#characterization'),
  /** Gives the words by which somebody says what a thing will bring. */
  expectation: namedNode('https://w3id.org/communique/ns#expectation'),
  /** Gives the words by which somebody says what a thing must do or be. */
  obligation: namedNode('https://w3id.org/communique/ns#obligation'),
  /** Something that a reader may want to know of a thing and that the text does not tell. */
  OpenQuestion: namedNode('https://w3id.org/communique/ns#OpenQuestion'),
  /** Ties a thing to what was looked for in the text and not found there. */
  leavesOpen: namedNode('https://w3id.org/communique/ns#leavesOpen'),
  /** What a text can leave untold about a thing. */
  OpenQuestions: namedNode('https://w3id.org/communique/ns#OpenQuestions'),
  /** The text does not say how many there are. */
  NumberNotStated: namedNode('https://w3id.org/communique/ns#NumberNotStated'),
  /** The text does not say what they are called. */
  NamesNotStated: namedNode('https://w3id.org/communique/ns#NamesNotStated'),
  /** The text does not say on which date it happened. */
  DayNotStated: namedNode('https://w3id.org/communique/ns#DayNotStated'),
  /** The text names no calendar year. */
  YearNotStated: namedNode('https://w3id.org/communique/ns#YearNotStated'),
  /** The text does not say where it happened. */
  PlaceNotStated: namedNode('https://w3id.org/communique/ns#PlaceNotStated'),
  /** The text does not say who decided. */
  BodyNotStated: namedNode('https://w3id.org/communique/ns#BodyNotStated'),
  /** The text does not say for how long, or from when. */
  TermNotStated: namedNode('https://w3id.org/communique/ns#TermNotStated'),
  /** A text that tells the public of an event. */
  Communique: namedNode('https://w3id.org/communique/ns#Communique'),
  /** Gives the checksum of the bytes of the text, in 64 lower-case hexadecimal digits. */
  sha256: namedNode('https://w3id.org/communique/ns#sha256'),
  /** Gives the words by which a text says where its picture comes from. */
  photoCredit: namedNode('https://w3id.org/communique/ns#photoCredit'),
  /** One sentence, heading or credit line of a communique. */
  Passage: namedNode('https://w3id.org/communique/ns#Passage'),
  /** Ties a sentence to the communique in which it stands. */
  isPassageOf: namedNode('https://w3id.org/communique/ns#isPassageOf'),
  /** Gives the number of a passage in reading order, the first being 1. */
  position: namedNode('https://w3id.org/communique/ns#position'),
  /** Gives the number of the block of text that holds a passage, the first being 1. */
  paragraph: namedNode('https://w3id.org/communique/ns#paragraph'),
  /** Gives the words of a sentence, letter for letter. */
  passageText: namedNode('https://w3id.org/communique/ns#passageText'),
  /** A stretch of the text, picked out by its exact words and by where they stand. */
  Quote: namedNode('https://w3id.org/communique/ns#Quote'),
  /** Triples kept together in a named graph of their own, so that who vouches for them and on what they rest can be told. */
  Statement: namedNode('https://w3id.org/communique/ns#Statement'),
  /** Ties a statement to whoever vouches for it. */
  isVoicedBy: namedNode('https://w3id.org/communique/ns#isVoicedBy'),
  /** Ties a statement to whoever wrote it into the graph. */
  isEnteredBy: namedNode('https://w3id.org/communique/ns#isEnteredBy'),
  /** Ties a statement to whoever compared it with the text, apart from the one who wrote it. */
  isCheckedBy: namedNode('https://w3id.org/communique/ns#isCheckedBy'),
  /** Says why the curator classifies or infers so. */
  reason: namedNode('https://w3id.org/communique/ns#reason'),
  /** Gives what must be true besides the premises for the conclusion to hold. */
  assumption: namedNode('https://w3id.org/communique/ns#assumption'),
  /** Ties a statement to the published query that made it. */
  appliesRule: namedNode('https://w3id.org/communique/ns#appliesRule'),
  /** A published query that makes new triples from those there are. */
  Rule: namedNode('https://w3id.org/communique/ns#Rule'),
  /** A document outside the project on which an inference rests. */
  Source: namedNode('https://w3id.org/communique/ns#Source'),
  /** A shorter wording of claims, made by a plain rule that adds no knowledge. */
  PlainStatement: namedNode('https://w3id.org/communique/ns#PlainStatement'),
  /** A conclusion that the text does not state, drawn by a rule or by the curator from claims and sources. */
  Inference: namedNode('https://w3id.org/communique/ns#Inference'),
  /** A reviewed statement that something in this dataset is what another source describes under a name of its own. */
  Link: namedNode('https://w3id.org/communique/ns#Link'),
  /** Says how sure a conclusion is. */
  hasCertainty: namedNode('https://w3id.org/communique/ns#hasCertainty'),
  /** A degree to which a conclusion can be relied on. */
  Certainty: namedNode('https://w3id.org/communique/ns#Certainty'),
  /** The degrees to which inferences can be relied on; there is no low one, because a weak guess is not made. */
  Certainties: namedNode('https://w3id.org/communique/ns#Certainties'),
  /** Nothing that could reasonably be otherwise is taken for granted. */
  HighCertainty: namedNode('https://w3id.org/communique/ns#HighCertainty'),
  /** The conclusion holds if a named assumption does, which is likely but not shown. */
  MediumCertainty: namedNode('https://w3id.org/communique/ns#MediumCertainty'),
  /** One proposition that somebody puts forward: the author or a speaker with a quote, or the curator with a reason. */
  Claim: namedNode('https://w3id.org/communique/ns#Claim'),
  /** Ties a claim to the sentence that makes it. */
  isStatedIn: namedNode('https://w3id.org/communique/ns#isStatedIn'),
  /** Ties a claim to the words that make it. */
  hasQuote: namedNode('https://w3id.org/communique/ns#hasQuote'),
  /** Ties a claim to other words of the text that tell whom or what its own words mean. */
  isResolvedBy: namedNode('https://w3id.org/communique/ns#isResolvedBy'),
  /** Ties a speaker's claim to the act of speaking in which it was made. */
  isUtteredIn: namedNode('https://w3id.org/communique/ns#isUtteredIn'),
  /** Says how a claim is put forward: as a fact, a plan, a judgement and so on. */
  hasClaimStatus: namedNode('https://w3id.org/communique/ns#hasClaimStatus'),
  /** A manner in which a proposition is put forward. */
  ClaimStatus: namedNode('https://w3id.org/communique/ns#ClaimStatus'),
  /** The manners in which claims are put forward. Only the first three, in the author's or the curator's voice, enter the stated layer. */
  ClaimStatuses: namedNode('https://w3id.org/communique/ns#ClaimStatuses'),
  /** Put forward as a fact. */
  Asserted: namedNode('https://w3id.org/communique/ns#Asserted'),
  /** Announced as arranged for the future. */
  Plan: namedNode('https://w3id.org/communique/ns#Plan'),
  /** A type, a name or a finding of what the text leaves open, which the curator gives with a reason. */
  Classification: namedNode('https://w3id.org/communique/ns#Classification'),
  /** Put forward as a judgement of worth. */
  Evaluation: namedNode('https://w3id.org/communique/ns#Evaluation'),
  /** Put forward as the cause of something. */
  CausalExplanation: namedNode('https://w3id.org/communique/ns#CausalExplanation'),
  /** Put forward as what the speaker thinks will come. */
  Expectation: namedNode('https://w3id.org/communique/ns#Expectation'),
  /** Put forward as what must be done or be so. */
  Necessity: namedNode('https://w3id.org/communique/ns#Necessity'),
  /** Says whether an event was held, by all documents taken together. */
  hasEventStatus: namedNode('https://w3id.org/communique/ns#hasEventStatus'),
  /** Ties a person to a post by which the text calls them. */
  isCalledHolderOf: namedNode('https://w3id.org/communique/ns#isCalledHolderOf'),
  /** Ties a person to a post they were chosen for. */
  isElectedTo: namedNode('https://w3id.org/communique/ns#isElectedTo'),
  /** Ties a person to a country whose envoys they lead at an event. */
  headsDelegationOf: namedNode('https://w3id.org/communique/ns#headsDelegationOf'),
  /** Ties a person to an event during which the text says they made an utterance. */
  spokeAt: namedNode('https://w3id.org/communique/ns#spokeAt'),
  /** Ties a delegation to a country whose people it met. */
  metColleaguesFrom: namedNode('https://w3id.org/communique/ns#metColleaguesFrom'),
  /** Ties an agent to an organization of which it became a member. */
  isAdmittedTo: namedNode('https://w3id.org/communique/ns#isAdmittedTo'),
  /** Ties an event that took place to the country where it did. */
  isHeldInCountry: namedNode('https://w3id.org/communique/ns#isHeldInCountry'),
  /** Gives the number of member countries right after an admission. */
  memberCountAfter: namedNode('https://w3id.org/communique/ns#memberCountAfter'),
  /** Gives the number of countries of which the chief of a law enforcement agency came to a session. */
  countriesRepresentedByHeads: namedNode('https://w3id.org/communique/ns#countriesRepresentedByHeads'),
  /** Ties a country to an event to which it sent a delegation. */
  isRepresentedAt: namedNode('https://w3id.org/communique/ns#isRepresentedAt'),
  /** Gives the number of member countries right before an admission. */
  memberCountBefore: namedNode('https://w3id.org/communique/ns#memberCountBefore'),
} as const

export const dcat = {
  Dataset: namedNode('http://www.w3.org/ns/dcat#Dataset'),
} as const

export const dcterms = {
  created: namedNode('http://purl.org/dc/terms/created'),
  date: namedNode('http://purl.org/dc/terms/date'),
  creator: namedNode('http://purl.org/dc/terms/creator'),
  description: namedNode('http://purl.org/dc/terms/description'),
  hasVersion: namedNode('http://purl.org/dc/terms/hasVersion'),
  identifier: namedNode('http://purl.org/dc/terms/identifier'),
  isPartOf: namedNode('http://purl.org/dc/terms/isPartOf'),
  language: namedNode('http://purl.org/dc/terms/language'),
  license: namedNode('http://purl.org/dc/terms/license'),
  modified: namedNode('http://purl.org/dc/terms/modified'),
  rights: namedNode('http://purl.org/dc/terms/rights'),
  source: namedNode('http://purl.org/dc/terms/source'),
  title: namedNode('http://purl.org/dc/terms/title'),
} as const

export const oa = {
  end: namedNode('http://www.w3.org/ns/oa#end'),
  exact: namedNode('http://www.w3.org/ns/oa#exact'),
  prefix: namedNode('http://www.w3.org/ns/oa#prefix'),
  start: namedNode('http://www.w3.org/ns/oa#start'),
  suffix: namedNode('http://www.w3.org/ns/oa#suffix'),
} as const

export const owl = {
  Class: namedNode('http://www.w3.org/2002/07/owl#Class'),
  sameAs: namedNode('http://www.w3.org/2002/07/owl#sameAs'),
  versionInfo: namedNode('http://www.w3.org/2002/07/owl#versionInfo'),
} as const

export const prov = {
  Activity: namedNode('http://www.w3.org/ns/prov#Activity'),
  Entity: namedNode('http://www.w3.org/ns/prov#Entity'),
  generatedAtTime: namedNode('http://www.w3.org/ns/prov#generatedAtTime'),
  used: namedNode('http://www.w3.org/ns/prov#used'),
  value: namedNode('http://www.w3.org/ns/prov#value'),
  wasAttributedTo: namedNode('http://www.w3.org/ns/prov#wasAttributedTo'),
  wasDerivedFrom: namedNode('http://www.w3.org/ns/prov#wasDerivedFrom'),
  wasGeneratedBy: namedNode('http://www.w3.org/ns/prov#wasGeneratedBy'),
  wasQuotedFrom: namedNode('http://www.w3.org/ns/prov#wasQuotedFrom'),
} as const

export const rdf = {
  first: namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#first'),
  nil: namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#nil'),
  rest: namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#rest'),
  type: namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'),
} as const

export const rdfs = {
  Class: namedNode('http://www.w3.org/2000/01/rdf-schema#Class'),
  label: namedNode('http://www.w3.org/2000/01/rdf-schema#label'),
  subClassOf: namedNode('http://www.w3.org/2000/01/rdf-schema#subClassOf'),
  subPropertyOf: namedNode('http://www.w3.org/2000/01/rdf-schema#subPropertyOf'),
} as const

export const skos = {
  Concept: namedNode('http://www.w3.org/2004/02/skos/core#Concept'),
  prefLabel: namedNode('http://www.w3.org/2004/02/skos/core#prefLabel'),
} as const

export const vann = {
  preferredNamespacePrefix: namedNode('http://purl.org/vocab/vann/preferredNamespacePrefix'),
  preferredNamespaceUri: namedNode('http://purl.org/vocab/vann/preferredNamespaceUri'),
} as const

export const voidNs = {
  Dataset: namedNode('http://rdfs.org/ns/void#Dataset'),
  Linkset: namedNode('http://rdfs.org/ns/void#Linkset'),
  linkPredicate: namedNode('http://rdfs.org/ns/void#linkPredicate'),
  objectsTarget: namedNode('http://rdfs.org/ns/void#objectsTarget'),
  sparqlEndpoint: namedNode('http://rdfs.org/ns/void#sparqlEndpoint'),
  subjectsTarget: namedNode('http://rdfs.org/ns/void#subjectsTarget'),
  triples: namedNode('http://rdfs.org/ns/void#triples'),
  uriSpace: namedNode('http://rdfs.org/ns/void#uriSpace'),
} as const

export const xsd = {
  boolean: namedNode('http://www.w3.org/2001/XMLSchema#boolean'),
  date: namedNode('http://www.w3.org/2001/XMLSchema#date'),
  dateTime: namedNode('http://www.w3.org/2001/XMLSchema#dateTime'),
  decimal: namedNode('http://www.w3.org/2001/XMLSchema#decimal'),
  double: namedNode('http://www.w3.org/2001/XMLSchema#double'),
  integer: namedNode('http://www.w3.org/2001/XMLSchema#integer'),
  string: namedNode('http://www.w3.org/2001/XMLSchema#string'),
} as const

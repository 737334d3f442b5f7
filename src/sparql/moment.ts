import type { Literal } from '@rdfjs/types'
import { decimalText, floorQuotient } from './decimal.ts'
import { typedLiteral } from './literal.ts'

export type MomentType = 'dateTime' | 'date' | 'time'

/** The value of an `xsd:dateTime`, `xsd:date` (its start) or `xsd:time` (on the first day of 1970), as its clock shows it. */
export interface Moment {
  readonly kind: 'moment'
  readonly type: MomentType
  /** Days since the first of 1970. */
  readonly day: number
  /** Of the day; what is finer is cut off. */
  readonly nanosecond: number
  /** Minutes before UTC; undefined without a time zone. */
  readonly offset: number | undefined
}

export const DURATION_TYPES = ['duration', 'yearMonthDuration', 'dayTimeDuration'] as const
export type DurationType = (typeof DURATION_TYPES)[number]

/** The value of a duration: both parts negative, both positive or zero. */
export interface Duration {
  readonly kind: 'duration'
  readonly type: DurationType
  readonly months: number
  readonly nanoseconds: bigint
}

const SECOND = 1e9
const MINUTE = 60 * SECOND
const DAY = 1440 * MINUTE
/** A thousand million years. */
const MOST_DAYS = 365_242_500_000

/** Years have at most nine digits, which the standard leaves open. */
const DATE = '(-?(?:[1-9]\\d{3,8}|0\\d{3}))-(\\d\\d)-(\\d\\d)'
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d+))?'
const ZONE = '(Z|[+-]\\d\\d:\\d\\d)'
const FORMS: Readonly<Record<string, readonly [type: MomentType, form: RegExp]>> = {
  dateTime: ['dateTime', new RegExp(`^${DATE}T${TIME}${ZONE}?$`)],
  dateTimeStamp: ['dateTime', new RegExp(`^${DATE}T${TIME}${ZONE}$`)],
  date: ['date', new RegExp(`^${DATE}()()()()${ZONE}?$`)],
  time: ['time', new RegExp(`^()()()${TIME}${ZONE}?$`)],
}

/** The names of the datatypes of moments within XML Schema. */
export const MOMENT_TYPES: readonly string[] = Object.keys(FORMS)

/**
 * The moment that a text stands for in a datatype of XML Schema; undefined for a text that is none of its own.
 *
 * @see XML Schema 1.1 Part 2, 3.3.7 (dateTime), 3.3.8 (time), 3.3.9 (date); year 0000 is 1 BC
 */
export function parseMoment(text: string, name: string): Moment | undefined {
  const [type, form] = FORMS[name]!
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [year, month, date, hour, minute, second] = parts.slice(1, 7).map(part => Number(part || 0)) as [number, ...number[]]
  const [fraction = '', zone] = [parts[7], parts[8]]
  const isTime = type === 'time'
  if (!isTime && (month! < 1 || month! > 12 || date! < 1 || date! > daysIn(year, month!))) return undefined
  const nanosecond = (hour! * 60 + minute!) * MINUTE + second! * SECOND + Number(fraction.slice(0, 9).padEnd(9, '0'))
  if (minute! > 59 || second! > 59 || nanosecond > DAY) return undefined
  const offset = zone === undefined ? undefined : minutesOf(zone)
  if (offset !== undefined && Math.abs(offset) > 14 * 60) return undefined
  const day = isTime ? 0 : dayOf(year, month!, date!)
  // 24:00:00 is the start of the next day.
  if (nanosecond === DAY) return { kind: 'moment', type, day: isTime ? 0 : day + 1, nanosecond: 0, offset }
  return { kind: 'moment', type, day, nanosecond, offset }
}

/** Minutes that a time zone is before UTC; not a number where its own minutes are too many. */
function minutesOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(4))
  return minutes > 59 ? Infinity : (Number(zone.slice(1, 3)) * 60 + minutes) * (zone[0] === '-' ? -1 : 1)
}

/** The time of day as a clock shows it; the second in decimal digits. */
export function clockOf({ nanosecond }: Moment): { readonly hour: number; readonly minute: number; readonly second: string } {
  const minutes = Math.floor(nanosecond / MINUTE)
  const second = decimalText({ units: BigInt(nanosecond % MINUTE), scale: 9 })
  return { hour: Math.floor(minutes / 60), minute: minutes % 60, second }
}

/** A moment as a literal of its type, in canonical form but in its own time zone. */
export function momentLiteral(moment: Moment): Literal {
  return typedLiteral(momentText(moment), moment.type)
}

export function momentText(moment: Moment): string {
  const { year, month, date } = calendarOf(moment)
  const { hour, minute, second } = clockOf(moment)
  const dateText = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(date)}`
  const timeText = `${two(hour)}:${two(minute)}:${/^\d(\.|$)/.test(second) ? '0' : ''}${second}`
  const text = moment.type === 'date' ? dateText : moment.type === 'time' ? timeText : `${dateText}T${timeText}`
  return text + zoneText(moment.offset)
}

function zoneText(offset: number | undefined): string {
  if (offset === undefined) return ''
  const minutes = Math.abs(offset)
  return minutes === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/**
 * Negative, 0 or positive, by the instants. Undefined where only one has a time zone and the other may lie on either side of it.
 *
 * @see XML Schema 1.1 Part 2, D.2.1 (timeOnTimeline); a time zone lies at most 14 hours off
 */
export function compareMoments(a: Moment, b: Moment): number | undefined {
  const difference = orderMoments(a, b)
  const isComparable = (a.offset === undefined) === (b.offset === undefined) || Math.abs(difference) > 14 * 60 * MINUTE
  return isComparable ? difference : undefined
}

/** A total order, in which a moment without a time zone counts as one of UTC. */
export function orderMoments(a: Moment, b: Moment): number {
  return (a.day - b.day) * DAY + (a.nanosecond - b.nanosecond) - ((a.offset ?? 0) - (b.offset ?? 0)) * MINUTE
}

/** From `b` to `a`. @see XPath and XQuery Functions and Operators 3.1, 9.7.2 (op:subtract-dateTimes) */
export function elapsed(a: Moment, b: Moment): Duration {
  const clock = BigInt(a.nanosecond - b.nanosecond - ((a.offset ?? 0) - (b.offset ?? 0)) * MINUTE)
  return { kind: 'duration', type: 'dayTimeDuration', months: 0, nanoseconds: BigInt(a.day - b.day) * BigInt(DAY) + clock }
}

/**
 * A moment later by a duration; one at the end of a month stays within the month it comes to. Undefined beyond all years.
 *
 * @see XML Schema 1.1 Part 2, E.3.3
 */
export function later(moment: Moment, { months, nanoseconds }: Duration): Moment | undefined {
  const { year, month, date } = calendarOf(moment)
  const count = year * 12 + month - 1 + months
  const [inYear, inMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  const start = months === 0 ? moment.day : dayOf(inYear, inMonth, Math.min(date, daysIn(inYear, inMonth)))
  const clock = BigInt(moment.nanosecond) + nanoseconds
  const days = floorQuotient(clock, BigInt(DAY))
  const day = moment.type === 'time' ? 0 : start + Number(days)
  if (Math.abs(day) > MOST_DAYS) return undefined
  return { ...moment, day, nanosecond: moment.type === 'date' ? 0 : Number(clock - days * BigInt(DAY)) }
}

export function negated(duration: Duration): Duration {
  return { ...duration, months: -duration.months + 0, nanoseconds: -duration.nanoseconds }
}

/**
 * Days since the first of 1970, in the calendar that was never changed. Years are counted from March, so that the leap day is the
 * last, and the months that follow have 153 days in five.
 */
function dayOf(year: number, month: number, date: number): number {
  const [years, months] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return years * 365 + leapDays + Math.floor((months * 153 + 2) / 5) + date - 1 - EPOCH
}

/** Year, month and day of the month: `dayOf` backwards. */
export function calendarOf({ day }: Moment): { readonly year: number; readonly month: number; readonly date: number } {
  const cycle = Math.floor((day + EPOCH) / 146_097)
  const inCycle = day + EPOCH - cycle * 146_097
  const leapDays = Math.floor(inCycle / 1_460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096)
  const years = Math.floor((inCycle - leapDays) / 365)
  const inYear = inCycle - (years * 365 + Math.floor(years / 4) - Math.floor(years / 100))
  const months = Math.floor((inYear * 5 + 2) / 153)
  const month = months < 10 ? months + 3 : months - 9
  return {
    year: cycle * 400 + years + (month > 2 ? 0 : 1),
    month,
    date: inYear - Math.floor((months * 153 + 2) / 5) + 1,
  }
}

/** Days from the first of March of the year 0 to the first of 1970. */
const EPOCH = 719_468

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

const DURATION = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/

/** The duration that a text stands for in a datatype; undefined for a text that is none of its own. @see XML Schema 1.1 Part 2, 3.3.6 and 3.4.26-27 */
export function parseDuration(text: string, type: DurationType): Duration | undefined {
  const parts = DURATION.exec(text)
  if (parts === null || /[PT]$/.test(text)) return undefined
  const [, sign, years, months, days, hours, minutes, seconds, fraction = ''] = parts
  if (type === 'yearMonthDuration' && /[DT]/.test(text)) return undefined
  if (type === 'dayTimeDuration' && (years ?? months) !== undefined) return undefined
  const clock = ((BigInt(days ?? 0) * 24n + BigInt(hours ?? 0)) * 60n + BigInt(minutes ?? 0)) * 60n + BigInt(seconds ?? 0)
  const nanoseconds = clock * BigInt(SECOND) + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  const duration: Duration = { kind: 'duration', type, months: Number(years ?? 0) * 12 + Number(months ?? 0), nanoseconds }
  if (!Number.isSafeInteger(duration.months)) return undefined
  return sign === undefined ? duration : negated(duration)
}

export function durationLiteral(duration: Duration): Literal {
  return typedLiteral(durationText(duration), duration.type)
}

/** @see XML Schema 1.1 Part 2, E.2 (durationCanonicalMap) */
export function durationText({ type, months, nanoseconds }: Duration): string {
  const total = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const minutes = total / BigInt(MINUTE)
  const part = (value: number | bigint | string, unit: string): string => (Number(value) === 0 ? '' : `${value}${unit}`)
  const years = part(Math.floor(Math.abs(months) / 12), 'Y') + part(Math.abs(months) % 12, 'M')
  const seconds = part(decimalText({ units: total % BigInt(MINUTE), scale: 9 }), 'S')
  const time = part((minutes / 60n) % 24n, 'H') + part(minutes % 60n, 'M') + seconds
  const text = years + part(minutes / 1440n, 'D') + (time === '' ? '' : `T${time}`)
  if (text === '') return type === 'yearMonthDuration' ? 'P0M' : 'PT0S'
  return `${months < 0 || nanoseconds < 0n ? '-' : ''}P${text}`
}

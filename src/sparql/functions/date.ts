import type { Term } from '@rdfjs/types'
import { decimalOf } from '../decimal.ts'
import type { FunctionTable, SparqlFunction } from '../functions.ts'
import { integerLiteral, stringLiteral } from '../literal.ts'
import { calendarOf, clockOf, durationLiteral, type Moment, type MomentType } from '../moment.ts'
import { fromDecimal, numberLiteral } from '../number.ts'
import { termValue } from '../value.ts'

/** A function of moments of all types but one. */
function ofMoment(except: MomentType | undefined, change: (moment: Moment, term: Term) => Term | undefined): SparqlFunction {
  return ([term]) => {
    const value = termValue(term!)
    return value?.kind === 'moment' && value.type !== except ? change(value, term!) : undefined
  }
}

/**
 * Functions on dates and times. The specification has them for `xsd:dateTime`; they know the parts of `xsd:date` and `xsd:time` too.
 *
 * @see SPARQL 1.1 Query Language, 17.4.5; XPath and XQuery Functions and Operators 3.1, 9.5
 */
export const dateFunctions: FunctionTable = {
  now: (_, { now }) => now,
  year: ofMoment('time', moment => integerLiteral(calendarOf(moment).year)),
  month: ofMoment('time', moment => integerLiteral(calendarOf(moment).month)),
  day: ofMoment('time', moment => integerLiteral(calendarOf(moment).date)),
  hours: ofMoment('date', moment => integerLiteral(clockOf(moment).hour)),
  minutes: ofMoment('date', moment => integerLiteral(clockOf(moment).minute)),
  seconds: ofMoment('date', moment => numberLiteral(fromDecimal(decimalOf(clockOf(moment).second)))),
  timezone: ofMoment(undefined, ({ offset }) =>
    offset === undefined
      ? undefined
      : durationLiteral({
          kind: 'duration',
          type: 'dayTimeDuration',
          months: 0,
          nanoseconds: BigInt(offset) * 60_000_000_000n,
        }),
  ),
  tz: ofMoment(undefined, (_, term) => stringLiteral(/(?:Z|[+-]\d\d:\d\d)?$/.exec(term.value)![0])),
}

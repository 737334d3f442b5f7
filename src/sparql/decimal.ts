/** An exact decimal number: `units` divided by ten to the power of `scale`, which is never negative. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

/**
 * The number that digits with at most one point stand for, or that JavaScript writes with an exponent.
 *
 * @example decimalOf('-1.50') // { units: -150n, scale: 2 }
 */
export function decimalOf(text: string): Decimal {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace('+', '').split('.')
  const scale = fraction.length - Number(exponent)
  const units = BigInt(whole + fraction || '0')
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale }
}

/** Digits without a sign of `+`, a zero too many or an idle point: `-1.5`, `0`, `12`. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  const sign = units < 0n ? '-' : ''
  return `${sign}${digits.slice(0, digits.length - scale)}${scale > 0 && fraction !== '' ? `.${fraction}` : ''}`
}

export function sum(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale }
}

export function product(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

/** A quotient with 18 digits of its own and 18 behind the point, rounded half away from zero; undefined for a divisor of zero. */
export function quotient(a: Decimal, b: Decimal): Decimal | undefined {
  if (b.units === 0n) return undefined
  const own = 18 + String(b.units).length - String(a.units).length
  const shift = Math.max(own, 18 - a.scale + b.scale, 0)
  const [dividend, divisor] = [a.units * 10n ** BigInt(shift), b.units]
  const half = (divisor < 0n ? -divisor : divisor) / 2n
  return { units: (dividend < 0n ? dividend - half : dividend + half) / divisor, scale: a.scale - b.scale + shift }
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const [one, other] = [unitsAt(a, scale), unitsAt(b, scale)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** The greatest whole number that is not above a quotient of whole numbers; the divisor is positive. */
export function floorQuotient(dividend: bigint, divisor: bigint): bigint {
  const whole = dividend / divisor
  return dividend < 0n && whole * divisor !== dividend ? whole - 1n : whole
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return scale === wanted ? units : units * 10n ** BigInt(wanted - scale)
}

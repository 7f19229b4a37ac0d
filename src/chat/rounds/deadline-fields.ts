/** The day and the time until which a round is open, as somebody fills them in by their own clock. */
import * as z from 'zod'
import { dayIn, isDay } from '../../assessments/calendar-day.ts'
import { checkDeadline } from '../../assessments/round-request.ts'
import { UserError } from '../../shared/errors.ts'
import { momentOf, workingDaysAfter } from '../../shared/zoned-time.ts'
import type { Field, FormErrors, FormValues } from '../reply.ts'
import { sentence } from '../sentence.ts'

const WORKING_DAYS = 3
const END_OF_DAY = '17:00'

const given = z.object({
  day: z.string().refine(isDay).catch(''),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .catch(''),
})

export function deadlineFields(zone: string, now: Date): Field[] {
  return [
    { id: 'day', kind: 'day', label: 'Open until', initial: workingDaysAfter(dayIn(zone, now), WORKING_DAYS) },
    { id: 'time', kind: 'time', label: 'Time', hint: `By your clock, ${zone}.`, initial: END_OF_DAY },
  ]
}

/** In UTC, or what is wrong with which field. */
export function readDeadline(values: FormValues, zone: string, now: Date): { deadline: string } | { errors: FormErrors } {
  const { day, time } = given.parse(values)
  if (day === '') return { errors: { day: 'Choose a day.' } }
  if (time === '') return { errors: { time: 'Choose a time, for example 17:00.' } }
  const deadline = momentOf(day, time, zone)
  if (deadline <= now) return { errors: { day: 'This has passed: choose a later day or time.' } }
  try {
    return { deadline: checkDeadline(deadline.toISOString(), now) }
  } catch (error) {
    if (error instanceof UserError) return { errors: { day: sentence(error.message) } }
    throw error
  }
}

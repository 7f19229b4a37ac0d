/** When a digest comes: data that is kept and read again, with the zone whose clock it follows. */
import * as z from 'zod'
import { isZone } from '../shared/zoned-time.ts'
import { cronProblem } from './schedule-cron.ts'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export const MAX_WEEKS = 52
export const LAST_DAY = 31

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written as in 09:00')
const zone = z.string().refine(isZone, 'a time zone is written as in Europe/Berlin')
const weekday = z.enum(WEEKDAYS)

const weekly = z.object({
  kind: z.literal('weekly'),
  every: z.int().min(1).max(MAX_WEEKS),
  weekdays: z
    .array(weekday)
    .min(1)
    .transform((days) => WEEKDAYS.filter((each) => days.includes(each))),
  time,
  zone,
  /** The first day that may be one of its days; the weeks, from Monday to Sunday, are counted from the one it lies in. */
  anchor: z.iso.date().refine((day) => day >= '2000' && day < '2200', 'a day of this century or the next'),
})

const monthly = z.object({
  kind: z.literal('monthly'),
  on: z.union([
    /** In a month that is shorter, its last day. */
    z.object({ day: z.int().min(1).max(LAST_DAY) }),
    z.object({ nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]), weekday }),
  ]),
  time,
  zone,
})

const cron = z.object({
  kind: z.literal('cron'),
  expression: z
    .string()
    .max(200)
    .superRefine((expression, context) => {
      const problem = cronProblem(expression)
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
    }),
  zone,
})

export const scheduleSchema = z.discriminatedUnion('kind', [weekly, monthly, cron])

export type WeeklySchedule = z.infer<typeof weekly>
export type MonthlySchedule = z.infer<typeof monthly>
export type MonthlyDay = MonthlySchedule['on']
export type CronSchedule = z.infer<typeof cron>
export type Schedule = z.infer<typeof scheduleSchema>

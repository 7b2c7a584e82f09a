package analytics

import (
	"clientele/analytics/customers"
	"clientele/analytics/job"
	nights "clientele/analytics/night"
	"clientele/internal/calendar"
)

// What the stages that stand here still call by these names.
var (
	epochDays   = calendar.DayOf
	calendarDay = calendar.TimeOf
	firstDayOf  = nights.FirstDayOf
	period      = job.Span.Period
	floats      = customers.Floats
	amounts     = customers.Amounts
)

package analytics

import (
	"clientele/analytics/customers"
	nights "clientele/analytics/night"
	"clientele/internal/calendar"
)

// What the stages that stand here still call by these names.
var (
	epochDays   = calendar.DayOf
	calendarDay = calendar.TimeOf
	firstDayOf  = nights.FirstDayOf
	floats      = customers.Floats
	amounts     = customers.Amounts
)

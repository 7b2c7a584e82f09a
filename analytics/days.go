package analytics

import (
	"clientele/analytics/customers"
	nights "clientele/analytics/night"
)

// What the stages that stand here still call by these names.
var (
	epochDays   = nights.Day
	calendarDay = nights.Date
	firstDayOf  = nights.FirstDayOf
	period      = nights.Period
	floats      = customers.Floats
	amounts     = customers.Amounts
)

package ledger

import (
	"clientele/analytics/engine"
)

// partOrder is the order in which a notation names the parts of a date.
type partOrder int

const (
	yearFirst partOrder = iota // with four digits: not to be mistaken
	dayFirst
	monthFirst     // as in the United States
	shortYearFirst // with two digits
)

// notation is one way to write a time, as the engine's strptime has it.
type notation struct {
	format string
	order  partOrder
	split  bool // of a split time: timesplit.go
	seldom bool // another order is meant, unless the values show this one: timeyears.go
}

// readSQL reads a text in the notation.
func (n notation) readSQL(text string) string {
	if n.split {
		text = datePartSQL(text)
	}
	return "try_strptime(" + text + ", " + engine.Literal(n.format) + ")"
}

// notations are the ways that are looked for beside ISO.
var notations = listNotations()

func listNotations() []notation {
	dates := []notation{
		{format: "%Y%m%d", order: yearFirst},
		{format: "%Y年%m月%d日", order: yearFirst},
		{format: "%Y-%m-%d", order: yearFirst},
		{format: "%Y/%m/%d", order: yearFirst},
		{format: "%Y.%m.%d", order: yearFirst},
		{format: "%y-%m-%d", order: shortYearFirst},
	}
	for _, sep := range []string{"/", ".", "-"} {
		dates = append(dates,
			notation{format: "%d" + sep + "%m" + sep + "%Y", order: dayFirst}, notation{format: "%d" + sep + "%m" + sep + "%y", order: dayFirst},
			notation{format: "%m" + sep + "%d" + sep + "%Y", order: monthFirst}, notation{format: "%m" + sep + "%d" + sep + "%y", order: monthFirst})
	}
	for _, sep := range []string{"/", "."} {
		dates = append(dates, notation{format: "%y" + sep + "%m" + sep + "%d", order: shortYearFirst, seldom: true})
	}
	var all []notation
	for _, d := range dates {
		for _, clock := range []string{"", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"} {
			all = append(all, notation{format: d.format + clock, order: d.order, seldom: d.seldom})
		}
	}
	return append(all, splitDates...)
}

// directFormats are those of the notations that need no splitting.
func directFormats() []string {
	var formats []string
	for _, n := range notations {
		if !n.split {
			formats = append(formats, n.format)
		}
	}
	return formats
}

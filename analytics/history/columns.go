package history

import (
	"fmt"
	"math"

	"clientele/internal/calendar"
)

// section is a part of a state: what one stage remembers.
type section string

const (
	everybody section = ""
	scored    section = "scores"
	valued    section = "values"
	tiered    section = "tiers"
	staged    section = "stages"
	anchored  section = "groups"
)

// kind is what the cells of a column are.
type kind string

const (
	text   kind = "text"
	count  kind = "whole number"
	number kind = "number"
	day    kind = "day"
	amount kind = "amount"
)

// StateColumn is a column of a state.
type StateColumn struct {
	Name string
	kind kind
	of   section
	// most is the largest whole number that it may hold; 0: that of 31 bits.
	most int64
	// optional is a column that a night may lack though its section is there: its
	// settings did without it, or its version of the program did not know it yet.
	optional bool
}

// Kind says what its cells are: text, whole number, number, day or amount.
func (c StateColumn) Kind() string { return string(c.kind) }

// StateColumns are the columns that a state may have. A night's state has all of a
// section, or none; what it has beyond them is not read. A column that is added here
// is optional, or nights before it cannot be followed.
var StateColumns = []StateColumn{
	{Name: idColumn, kind: text, of: everybody},
	{Name: "first_day", kind: day, of: everybody},
	{Name: "last_day", kind: day, of: everybody},
	{Name: "orders", kind: count, of: everybody},
	{Name: "net", kind: amount, of: everybody},
	{Name: "returns", kind: count, of: everybody},

	{Name: "frequency", kind: count, of: scored},
	{Name: "monetary", kind: amount, of: scored},
	{Name: "r", kind: count, of: scored, most: 9},
	{Name: "f", kind: count, of: scored, most: 9},
	{Name: "m", kind: count, of: scored, most: 9},
	{Name: "rfm", kind: text, of: scored},
	{Name: "segment", kind: text, of: scored},
	{Name: "rfm_score", kind: number, of: scored, optional: true},

	{Name: "p_alive", kind: number, of: valued},
	{Name: "future_value", kind: number, of: valued},
	{Name: "clv", kind: number, of: valued},
	{Name: "expected_spend", kind: number, of: valued, optional: true},

	{Name: "tier", kind: text, of: tiered},
	{Name: "tier_since", kind: day, of: tiered},
	{Name: "tier_until", kind: day, of: tiered},
	{Name: "tier_status", kind: text, of: tiered},
	{Name: "tier_own", kind: text, of: tiered},
	{Name: "tier_own_since", kind: day, of: tiered},
	{Name: "tier_own_until", kind: day, of: tiered},
	{Name: "tier_anchor", kind: day, of: tiered},
	{Name: "tier_grace", kind: day, of: tiered},
	{Name: "tier_pin", kind: text, of: tiered},
	{Name: "tier_pin_since", kind: day, of: tiered},
	{Name: "tier_pin_until", kind: day, of: tiered},
	{Name: "tier_why", kind: text, of: tiered},
	{Name: "tier_rests", kind: text, of: tiered, optional: true},

	{Name: "stage", kind: text, of: staged},
	{Name: "decline", kind: text, of: staged},
	{Name: "former_rate", kind: number, of: staged, optional: true},
	{Name: "purchase_days", kind: count, of: staged},
	{Name: "stage_trace", kind: count, of: staged, most: math.MaxUint32},
	{Name: "stage_since", kind: day, of: staged},
	{Name: "stage_base", kind: text, of: staged},
	{Name: "declines", kind: count, of: staged},
	{Name: "reactivations", kind: count, of: staged},
	{Name: "stage_from", kind: day, of: staged},

	{Name: "anchor_orders", kind: count, of: anchored},
	{Name: "anchor_net", kind: amount, of: anchored},
	{Name: "anchor_segment", kind: text, of: anchored, optional: true},
	{Name: "anchor_tier", kind: text, of: anchored, optional: true},
	{Name: "anchor_stage", kind: text, of: anchored, optional: true},
}

// columnNamed finds a column of a state.
func columnNamed(name string) (StateColumn, bool) {
	for _, c := range StateColumns {
		if c.Name == name {
			return c, true
		}
	}
	return StateColumn{}, false
}

// checkColumns asks for the columns of the sections that were on.
func (m *Members) checkColumns(on map[section]bool) error {
	for _, c := range StateColumns {
		if on[c.of] && !c.optional && !m.has[c.Name] {
			of := ""
			if c.of != everybody {
				of = ", which " + string(c.of) + " need to go on from it"
			}
			return fmt.Errorf("it has no column %s%s", c.Name, of)
		}
	}
	return nil
}

// The calendar has the days from 0001-01-01 to 9999-12-31.
const firstOfCalendar, lastOfCalendar = -719162, 2932896

// checkCounts and the like report a cell that no night writes, by its row.
func (c StateColumn) checkCounts(cells []int64) error {
	most := c.most
	if most == 0 {
		most = math.MaxInt32
	}
	return c.check(len(cells), func(i int) bool { return cells[i] >= 0 && cells[i] <= most })
}

func (c StateColumn) checkDays(cells []int32) error {
	return c.check(len(cells), func(i int) bool {
		return cells[i] == calendar.NoDay || cells[i] >= firstOfCalendar && cells[i] <= lastOfCalendar
	})
}

func (c StateColumn) checkNumbers(cells []float64) error {
	return c.check(len(cells), func(i int) bool { return !math.IsInf(cells[i], 0) })
}

func (c StateColumn) check(rows int, good func(i int) bool) error {
	for i := range rows {
		if !good(i) {
			return fmt.Errorf("row %d: %s is out of its range", i+1, c.Name)
		}
	}
	return nil
}

package simulate

import (
	"fmt"
	"strings"
	"time"
)

// The presets.
const (
	// Pure is a plain export for benchmarks and for parameter recovery: the
	// model and nothing else. No returns, no damage, one line an order.
	// Whoever counts days of purchase finds fewer than the model made, as some
	// share a day: 4% here, which raises alpha by more. To recover parameters
	// closely set Params under which customers come rarely.
	Pure = "pure"
	// Shop is a small rich export for examples: every profile, returns, every
	// kind of damage, rows in order of time. About 5,000 rows.
	Shop = "shop"
)

// Presets lists the names that Preset takes.
func Presets() []string { return []string{Pure, Shop} }

// Preset gives the options of a preset. An unknown name gives an OptionsError.
func Preset(name string) (Options, error) {
	switch name {
	case Pure:
		return Defaults(), nil
	case Shop:
		return shop(), nil
	}
	return Options{}, &OptionsError{Problems: []string{fmt.Sprintf(
		"preset: %q is unknown; choose one of %s", name, strings.Join(Presets(), ", "))}}
}

// Defaults gives the options of the preset Pure: Pareto/NBD shoppers with
// gamma-gamma spend over two years, about fourteen orders each.
func Defaults() Options {
	return Options{
		Customers: 10_000,
		Start:     time.Date(2024, time.July, 1, 0, 0, 0, 0, time.UTC),
		End:       time.Date(2026, time.June, 30, 0, 0, 0, 0, time.UTC),
		// Newcomers dry up after the first year, so that all have been watched
		// for a year at least.
		AcquisitionDays: 365,
		Model:           "pareto-nbd",
		Unit:            Day,
		Params:          map[string]float64{"r": 0.8, "alpha": 22, "s": 0.7, "beta": 260},
		Spend:           Spend{P: 6, Q: 4, Gamma: 60},
		Profiles:        Profiles{Gap: 21},
		Lines:           1,
		Categories:      []string{"Coffee", "Tea", "Cups"},
		Channels:        []string{"web", "store"},
		Regions:         []string{"North", "South", "East", "West"},
		Products:        100,
		Answers:         UsualAnswers(),
		Opens:           8,
		Closes:          22,
		Seed:            1,
	}
}

// shop is the preset Shop. Its customers by the model are mostly buyers of one
// to three orders; those by profile give the long histories.
func shop() Options {
	o := Defaults()
	o.Customers = 400
	o.AcquisitionDays = 700
	o.Model = "mbg-nbd"
	o.Unit = Week
	o.Params = map[string]float64{"r": 0.9, "alpha": 7, "a": 0.8, "b": 2.4}
	o.Spend = Spend{P: 5, Q: 3.6, Gamma: 26}
	o.Profiles = Profiles{
		Steady: 0.06, Sudden: 0.05, Gradual: 0.05, Returning: 0.03, Drifting: 0.03, Gap: 24,
	}
	o.Lines = 1.55
	o.Categories = []string{"Coffee", "Tea", "Cups", "Machines", "Gifts", "Books & Cards"}
	o.Channels = []string{"web", "store", "phone"}
	o.Regions = []string{"North", "South", "East", "West", "Zürich", "成都"}
	o.Products = 24
	o.Opens, o.Closes = 9, 21
	o.ReturnShare = 0.04
	o.Mess = 0.03
	o.Seed = 20260630
	o.SortByTime = true
	return o
}

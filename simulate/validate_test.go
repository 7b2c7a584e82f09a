package simulate

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPresetsAreValid(t *testing.T) {
	for _, name := range Presets() {
		o, err := Preset(name)
		require.NoError(t, err)
		require.NoError(t, o.Validate(), name)
	}
}

func TestPresetUnknown(t *testing.T) {
	_, err := Preset("market")
	require.EqualError(t, err, `simulate: preset: "market" is unknown; choose one of pure, shop`)
}

// violations are options with one thing wrong each, and what is said about it.
var violations = []struct {
	name string
	set  func(*Options)
	want string
}{
	{"no customers", func(o *Options) { o.Customers = 0 }, "customers: got 0, want 1 to 1000000000"},
	{
		"end first", func(o *Options) { o.End = o.Start.AddDate(0, 0, -1); o.AcquisitionDays = 0 },
		"end: 2024-06-30 is before start, 2024-07-01",
	},
	{
		"long", func(o *Options) { o.End = o.Start.AddDate(101, 0, 0) },
		"end: 36889 days after start, want at most 36524",
	},
	{
		"year", func(o *Options) {
			o.End = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
			o.Start = o.End
			o.AcquisitionDays = 1
		},
		"start, end: got years 9999 and 9999, want 1 to 9998",
	},
	{
		"acquisition", func(o *Options) { o.AcquisitionDays = 731 },
		"acquisition days: got 731, want 0 (all) to the 730 days from start to end",
	},
	{
		"hours", func(o *Options) { o.Opens = 22 },
		"opens, closes: got 22 and 22, want hours of a day, opens before closes",
	},
	{"workers", func(o *Options) { o.Workers = -1 }, "workers: got -1, want 0 (one for each processor) or more"},
	{"unit", func(o *Options) { o.Unit = "year" }, `unit: got "year", want day, week or month`},
	{
		"model", func(o *Options) { o.Model = "bgnbd" },
		`model: "bgnbd" is unknown; choose one of pareto-nbd, bg-nbd, mbg-nbd, ggompertz-nbd, bg-cnbd-k, mbg-cnbd-k, nbd, bg-bb, sbg`,
	},
	{
		"missing", func(o *Options) { delete(o.Params, "s") },
		"params: s is missing; pareto-nbd needs r, alpha, s, beta",
	},
	{
		"unknown", func(o *Options) { o.Params["k"] = 2 },
		"params: k is not a parameter of pareto-nbd, which has r, alpha, s, beta",
	},
	{"zero", func(o *Options) { o.Params["beta"] = 0 }, "params: beta: got 0, want a number above 0"},
	{"infinite", func(o *Options) { o.Params["beta"] = math.Inf(1) }, "params: beta: got +Inf, want a number above 0"},
	{"broken k", func(o *Options) {
		o.Model = "bg-cnbd-k"
		o.Params = map[string]float64{"k": 1.5, "r": 1, "alpha": 1, "a": 1, "b": 1}
	}, "params: k: got 1.5, want a whole number up to 100"},
	{
		"rate", func(o *Options) { o.Params["alpha"] = 0.01 },
		"params: r 0.8 and alpha 0.01 let a customer buy 3974 times a day, want at most 1000; is the unit right?",
	},
	{"spend", func(o *Options) { o.Spend.Q = -1 }, "spend: q: got -1, want a number above 0"},
	{"lines", func(o *Options) { o.Lines = 0.5 }, "lines: got 0.5, want a mean of 1 to 1000 lines an order"},
	{"profile", func(o *Options) { o.Profiles.Steady = math.NaN() }, "profiles: steady: got NaN, want a share from 0 to 1"},
	{
		"profiles", func(o *Options) { o.Profiles.Steady, o.Profiles.Sudden = 0.75, 0.5 },
		"profiles: shares add up to 1.25, want at most 1",
	},
	{
		"gap", func(o *Options) { o.Profiles.Steady, o.Profiles.Gap = 1, 0 },
		"profiles: gap: got 0, want 0.01 to 36525 days",
	},
	{
		"drift", func(o *Options) { o.Profiles.Drifting, o.Categories = 1, []string{"Tea"} },
		"profiles: drifting: needs two categories or more, got 1",
	},
	{"empty label", func(o *Options) { o.Channels = []string{"web", ""} }, "channels: label 2 is empty"},
	{"bad label", func(o *Options) { o.Regions = []string{"\xff"} }, `regions: label 1, "\xff", is not text in UTF-8`},
	{"two labels", func(o *Options) { o.Regions = []string{"N", "N"} }, `regions: "N" is listed twice`},
	{
		"products", func(o *Options) { o.Products = 0 },
		"products: got 0 in each of 3 categories, want at least 1 and at most 1000000 together",
	},
	{"returns", func(o *Options) { o.ReturnShare = 1.5 }, "return share: got 1.5, want a share from 0 to 1"},
	{"mess", func(o *Options) { o.Mess = math.NaN() }, "mess: got NaN, want a share from 0 to 1"},
}

func TestValidateSaysWhatIsWrong(t *testing.T) {
	for _, c := range violations {
		t.Run(c.name, func(t *testing.T) {
			o := Defaults()
			c.set(&o)
			err := o.Validate()
			var wrong *OptionsError
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, []string{c.want}, wrong.Problems)
		})
	}
}

func TestValidateReportsAllAtOnce(t *testing.T) {
	err := Options{}.Validate()
	var wrong *OptionsError
	require.ErrorAs(t, err, &wrong)
	require.Greater(t, len(wrong.Problems), 7)
	require.Contains(t, err.Error(), "simulate: customers: got 0")
	require.Contains(t, err.Error(), "\nsimulate: spend: p: got 0")
}

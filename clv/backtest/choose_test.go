package backtest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhy(t *testing.T) {
	best := Score{Model: "bg-nbd", Params: 4, LogScore: -1.25, Tied: true}
	near := Score{Model: "mbg-nbd", Params: 4, LogScore: -1.2504, Behind: 0.0004, StdErr: 0.0007, Tied: true}
	far := Score{Model: "mbg-nbd", Params: 4, LogScore: -1.31, Behind: 0.06, StdErr: 0.0123}
	plain := Score{Model: "nbd", Params: 2, LogScore: -1.2504, Behind: 0.0004, StdErr: 0.0007, Tied: true}
	robust := Score{Model: "mbg-nbd", Params: 4, LogScore: -1.25, Tied: true}
	second := Score{Model: "bg-nbd", Params: 4, LogScore: -1.2504, Behind: 0.0004, StdErr: 0.0007, Tied: true}
	split := Split{Repeaters: MinRepeaters, Actual: MinHoldoutPurchases, Models: make([]Forecast, 1)}
	for _, c := range []struct {
		name   string
		scores []Score
		want   string
	}{
		{
			"alone",
			[]Score{best, {Model: "mbg-nbd", Out: "no fit"}},
			"bg-nbd is the only candidate that could be fitted (mean log score -1.2500 per customer in 2 splits)",
		},
		{
			"clear",
			[]Score{far, best},
			"bg-nbd predicts best (mean log score -1.2500 per customer in 2 splits); next comes mbg-nbd, 0.0600 behind with a standard error of 0.0123",
		},
		{
			"robust",
			[]Score{best, near},
			"mbg-nbd predicts as well as bg-nbd (mean log score -1.2504 per customer in 2 splits, 0.0004 behind with a standard error of 0.0007) " +
				"and is the more robust of the two",
		},
		{
			"simple",
			[]Score{plain, best, far},
			"nbd predicts as well as bg-nbd (mean log score -1.2504 per customer in 2 splits, 0.0004 behind with a standard error of 0.0007) " +
				"and has 2 parameters instead of 4",
		},
		{
			"best and robust",
			[]Score{second, robust},
			"mbg-nbd predicts best (mean log score -1.2500 per customer in 2 splits), bg-nbd as well (0.0004 behind with a standard error of 0.0007), " +
				"and is the more robust of the two",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Report{Splits: []Split{split, split}, Scores: c.scores}
			chosen, found := favourite(c.scores)
			require.True(t, found)
			require.Equal(t, c.want, r.why(chosen))
		})
	}
}

// reportOf is a report with one split that is long and rich enough.
func reportOf(f Forecast) *Report {
	f.Customers = 900
	return &Report{
		Models: []string{f.Name}, FirstDay: 1000, Today: 1300, Holdout: 91, MedianGap: 20,
		Splits: []Split{{Origin: 1209, End: 1300, Customers: 900, Repeaters: 300, Actual: f.Actual, Models: []Forecast{f}}},
		Scores: []Score{{Model: f.Name, Params: 4, LogScore: -1, Tied: true}},
	}
}

func TestRefuseTooShort(t *testing.T) {
	r := &Report{Models: []string{"bg-nbd", "mbg-nbd"}, FirstDay: 1000, Today: 1003}
	c := r.Choose()
	require.True(t, c.Refused)
	require.Equal(t, "mbg-nbd", c.Model, "the most robust, to fall back to")
	require.Equal(t, "mbg-nbd is the most robust of the candidates; the backtest could not tell them apart", c.Why)
	require.Equal(t, "the history is too short to be split: 3 days from the first purchase to the last day of observation; "+
		"at least 56 to calibrate and 28 to predict are needed; run again when there are more", c.Reason)

	const needs = "the history is too short: %s; run again when there are more"
	for _, c := range []struct {
		calibration, holdout int32
		gap                  float64
		want                 string
	}{
		{55, 28, 10, "55 days to calibrate and 28 to predict, where customers come back after 10 days in the median; at least 56 and 28 are needed"},
		{56, 27, 10, "56 days to calibrate and 27 to predict, where customers come back after 10 days in the median; at least 56 and 28 are needed"},
		{199, 100, 100, "199 days to calibrate and 100 to predict, where customers come back after 100 days in the median; at least 200 and 100 are needed"},
		{200, 99, 100, "200 days to calibrate and 99 to predict, where customers come back after 100 days in the median; at least 200 and 100 are needed"},
		{56, 28, 28, ""},
		{200, 100, 100, ""},
	} {
		r := reportOf(Forecast{Name: "bg-nbd", Metrics: Metrics{Actual: 100, Expected: 100}})
		r.Splits[0].Origin, r.Holdout, r.MedianGap = r.FirstDay+c.calibration, c.holdout, c.gap
		choice := r.Choose()
		require.Equal(t, c.want != "", choice.Refused)
		if c.want != "" {
			require.Equal(t, fmt.Sprintf(needs, c.want), choice.Reason)
		}
	}
}

// A shop of three weeks, and no shop at all.
func TestRefuseYoungShop(t *testing.T) {
	o := bgTruth.options("mbg-nbd")
	o.Today = 20
	require.ErrorContains(t, refusal(t, bgTruth.history(1, 3000), o), "the history is too short: 15 days to calibrate and 5 to predict")
	require.ErrorContains(t, refusal(t, historyOf(), o), "the history is too short to be split: 0 days")
}

// refusal is the reason of a refusal, as an error so that tests may look at it.
func refusal(t *testing.T, h History, o Options) error {
	t.Helper()
	c := run(t, h, o).Choose()
	require.True(t, c.Refused)
	return errors.New(c.Reason)
}

func TestRefuseTooFew(t *testing.T) {
	for _, c := range []struct{ repeaters, actual float64 }{{49, 100}, {300, 24}} {
		r := reportOf(Forecast{Name: "bg-nbd", Metrics: Metrics{Actual: c.actual, Expected: c.actual}})
		r.Splits[0].Repeaters = c.repeaters
		choice := r.Choose()
		require.True(t, choice.Refused)
		require.Equal(t, fmt.Sprintf("too few purchases to tell models apart: %v customers came back by the latest origin and %v purchases "+
			"followed in 91 days; at least 50 and 25 are needed; run again when there are more, or join this shop with a similar one",
			c.repeaters, c.actual), choice.Reason)
	}
	require.ErrorContains(t, refusal(t, bgTruth.history(1, 30), bgTruth.options("mbg-nbd")), "too few purchases to tell models apart")
}

// Customers who never leave: neither model can say how they leave.
func TestRefuseNoFit(t *testing.T) {
	o := nbdTruth.options("bg-nbd")
	r := run(t, nbdTruth.history(1, 600), o)
	for i := range r.Splits { // as long as a fit may fail
		r.Splits[i].Models[0].Problem = "fit bg-nbd: parameters not identified"
	}
	r.Scores = newContest(o.Models, 0).scores(shop{}, r.Splits)
	c := r.Choose()
	require.True(t, c.Refused)
	require.Equal(t, "no candidate could be fitted: bg-nbd: calibrated on 600 customers: fit bg-nbd: parameters not identified", c.Reason)
	require.Equal(t, "bg-nbd", c.Model)
}

func TestRefuseDrift(t *testing.T) {
	for _, c := range []struct {
		name                     string
		expected, actual, stdErr float64
		refused                  bool
	}{
		{"far off and beyond chance", 1200, 600, 50, true},
		{"the other way", 600, 1200, 50, true},
		{"just beyond both", 1000, 799, 66, true},
		{"within the ratio", 1000, 801, 10, false},
		{"within the ratio, above", 1000, 1249, 10, false},
		{"within chance", 1000, 500, 167, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			choice := reportOf(Forecast{Name: "bg-nbd", TotalStdErr: c.stdErr, Metrics: Metrics{Expected: c.expected, Actual: c.actual}}).Choose()
			require.Equal(t, c.refused, choice.Refused)
			require.Equal(t, "bg-nbd", choice.Model, "the best, even of those that mislead")
			if c.name == "far off and beyond chance" {
				require.Equal(t, "the shop has changed: in the latest 91 days bg-nbd expected 1200 purchases and 600 were made, 0.50 times as many "+
					"and 12.0 standard errors off (the limits are 1.25 times either way and 3); whatever is predicted from the time before would mislead; "+
					"look for a season, new prices or a change of the export, and if it is there to stay start the history after it", choice.Reason)
			}
		})
	}
}

package quality

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// DriftVerdict says what a number of drift means.
type DriftVerdict string

// The verdicts.
const (
	DriftOK    DriftVerdict = "ok"
	DriftWatch DriftVerdict = "watch"
	DriftAlarm DriftVerdict = "alarm"
)

// The population stability index from which on a shift is watched and from which on it is
// alarming, by the convention of credit scoring (Siddiqi (2006), Credit Risk Scorecards, on
// system stability), and the quantile of it that chance alone may reach.
const (
	driftWatch  = 0.10
	driftAlarm  = 0.25
	driftChance = 0.99
)

// Drift is how far a distribution over bins has moved.
type Drift struct {
	// PSI is the population stability index: 0 for no change.
	PSI float64 `json:"psi"`
	// Chance is the 0.99 quantile of PSI if nothing has changed and both counts are
	// independent samples. Nights that share their customers differ less.
	Chance  float64      `json:"chance"`
	Verdict DriftVerdict `json:"verdict"`
}

// MeasureDrift compares two counts over the same bins, of n and m customers:
//
//	PSI = Σ (p − q)·ln(p/q),  no change: PSI ≈ (1/n + 1/m)·χ²_{B−1}
//
// An empty bin counts as half a customer. A bin that is empty in both is left out. Drift up
// to Chance is ok, however large: with few customers the conventional bounds would give
// false alarms. Without customers in one of the counts nothing is compared.
//
// Source: Yurdakul and Naranjo (2020), Statistical properties of the
// population stability index, Journal of Risk Model Validation 14(4).
func MeasureDrift(before, now []int64) Drift {
	n, m := total(before), total(now)
	d := Drift{Verdict: DriftOK}
	if n == 0 || m == 0 || len(before) != len(now) {
		return d
	}
	bins := 0
	for i := range before {
		if before[i] == 0 && now[i] == 0 {
			continue
		}
		bins++
		p, q := max(float64(before[i]), 0.5)/n, max(float64(now[i]), 0.5)/m
		d.PSI += (p - q) * math.Log(p/q)
	}
	if bins > 1 {
		d.Chance = (1/n + 1/m) * distuv.ChiSquared{K: float64(bins - 1)}.Quantile(driftChance)
	}
	switch {
	case d.PSI <= d.Chance || d.PSI < driftWatch:
	case d.PSI < driftAlarm:
		d.Verdict = DriftWatch
	default:
		d.Verdict = DriftAlarm
	}
	return d
}

func total(counts []int64) float64 {
	var sum int64
	for _, c := range counts {
		sum += c
	}
	return float64(sum)
}

package chart

import (
	"math"
	"strconv"
	"time"

	"gonum.org/v1/plot"

	"clientele/internal/figures"
)

// plain writes a number with its thousands apart, 12,345, and one of many digits shortly.
func plain(v float64) string {
	const tiny, huge = 1e-4, 1e15
	if math.Abs(v) < tiny && v != 0 || math.Abs(v) >= huge {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	return figures.Whole(v)
}

// shortBy writes numbers in few characters, all in the unit that suits the greatest of
// them: 250k, 500k, or 0.5M, 1M.
func shortBy(all []float64) Label {
	greatest := 0.
	for _, v := range all {
		greatest = max(greatest, math.Abs(v))
	}
	for _, unit := range []struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if greatest >= unit.size && greatest >= 1e4 {
			return func(v float64) string {
				if v == 0 {
					return "0"
				}
				return plain(rounded(v/unit.size)) + unit.name
			}
		}
	}
	return func(v float64) string { return plain(rounded(v)) }
}

// rounded has so many places as a tick may have: it frees 0.30000000000000004 of its end.
func rounded(v float64) float64 {
	const places = 1e6
	return math.Round(v*places) / places
}

// nice are ticks at round numbers: at most so many, each a multiple of 1, 2, 2.5 or 5
// times a power of ten. Where they count things, all are whole.
func nice(low, high float64, most int, whole bool) []float64 {
	if !(high > low) || most < 1 {
		return []float64{low}
	}
	rough := (high - low) / float64(most)
	if whole {
		rough = max(rough, 1)
	}
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * power
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= rough*(1-1e-9) && (!whole || m*power == math.Trunc(m*power)) {
			step = m * power
			break
		}
	}
	var ticks []float64
	for i := math.Ceil(low/step - 1e-9); i*step <= high+step*1e-9; i++ {
		ticks = append(ticks, i*step+0)
	}
	return ticks
}

// powers are ticks at powers of ten and, where there are few, at 2 and 5 times those.
func powers(low, high float64, most int) []float64 {
	for _, within := range [][]float64{{1, 2, 5}, {1}} {
		var ticks []float64
		for e := math.Floor(math.Log10(low)); e <= math.Ceil(math.Log10(high)); e++ {
			for _, m := range within {
				if v := m * math.Pow(10, e); v >= low*(1-1e-9) && v <= high*(1+1e-9) {
					ticks = append(ticks, v)
				}
			}
		}
		if len(ticks) <= most {
			return ticks
		}
		if len(within) == 1 {
			return thin(ticks, most)
		}
	}
	return nil
}

// thin keeps every second, third, ... so that at most so many are left.
func thin[T any](all []T, most int) []T {
	every := (len(all) + most - 1) / max(most, 1)
	var kept []T
	for i := 0; i < len(all); i += max(every, 1) {
		kept = append(kept, all[i])
	}
	return kept
}

const secondsPerDay = 24 * 60 * 60

func dateOf(day float64) time.Time { return time.Unix(int64(day)*secondsPerDay, 0).UTC() }

func dayOf(t time.Time) float64 { return float64(t.Unix() / secondsPerDay) }

// dates are ticks at days: the first of years or months where those are many, and days
// else.
func dates(low, high float64, most int) []plot.Tick {
	for _, months := range []int{1, 2, 3, 6, 12, 24, 60, 120} {
		layout := "2006-01"
		if months >= 12 {
			layout = "2006"
		}
		var ticks []plot.Tick
		first := dateOf(low)
		year := first.Year() / max(months/12, 1) * max(months/12, 1)
		for t := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); dayOf(t) <= high; t = t.AddDate(0, months, 0) {
			if dayOf(t) >= low {
				ticks = append(ticks, plot.Tick{Value: dayOf(t), Label: t.Format(layout)})
			}
		}
		if months == 1 && len(ticks) < 3 {
			return dayTicks(low, high, most)
		}
		if len(ticks) <= most {
			return ticks
		}
	}
	return dayTicks(low, high, 2)
}

func dayTicks(low, high float64, most int) []plot.Tick {
	step := 1.
	for _, step = range []float64{1, 2, 7, 14, 28} {
		if (high-low)/step <= float64(most) {
			break
		}
	}
	var ticks []plot.Tick
	for d := math.Ceil(low); d <= high; d += step {
		ticks = append(ticks, plot.Tick{Value: d, Label: dateOf(d).Format(time.DateOnly)})
	}
	return thin(ticks, max(most, 1))
}

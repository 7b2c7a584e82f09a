package simulate

import "math"

// profile is a course of life beside the model.
type profile uint8

const (
	byModel profile = iota
	steady
	sudden
	gradual
	returning
	drifting
)

// profileNames are how the truth names the profiles.
var profileNames = [...]string{"model", "steady", "sudden", "gradual", "returning", "drifting"}

// String is the name of the profile.
func (p profile) String() string { return profileNames[p] }

// pick chooses the profile of a customer by a number u from [0, 1).
func (p Profiles) pick(u float64) profile {
	// In the order of the profiles, from steady on.
	for i, share := range [...]float64{p.Steady, p.Sudden, p.Gradual, p.Returning, p.Drifting} {
		if u -= share; u < 0 {
			return steady + profile(i)
		}
	}
	return byModel
}

// course is how a customer's rate of purchase goes up and down.
type course struct {
	profile profile
	rate    float64 // purchases per day at the height
	turn    float64 // day on which the change begins; +Inf where nothing changes
	back    float64 // day on which a pause ends
	end     float64 // last day of the export, exclusive
}

// newCourse draws the course of a customer who first buys at born. Turns lie
// where both sides of them leave enough days to be seen.
func newCourse(d *dice, p profile, gap, born, end float64) course {
	c := course{profile: p, turn: math.Inf(1), end: end}
	c.rate = 1 / (gap * d.between(0.5, 1.5))
	watched := end - born
	switch p {
	case byModel, steady: // nothing changes
	case sudden:
		c.turn = born + watched*d.between(0.5, 0.85)
	case gradual:
		c.turn = born + watched*d.between(0.3, 0.5)
	case returning:
		c.turn = born + watched*d.between(0.35, 0.5)
		c.back = born + watched*d.between(0.75, 0.9)
	case drifting:
		c.turn = born + watched*d.between(0.4, 0.7)
	}
	return c
}

// activity is the rate on a day as a share of the rate at the height.
func (c course) activity(day float64) float64 {
	if day < c.turn {
		return 1
	}
	switch c.profile {
	case sudden:
		return 0
	case gradual:
		// Exponentially, down to a twentieth on the last day.
		return math.Exp(-math.Log(20) * (day - c.turn) / (c.end - c.turn))
	case returning:
		if day < c.back {
			return 0
		}
	case byModel, steady, drifting: // as before
	}
	return 1
}

// purchases appends the days of the customer's purchases to days, as those of
// traits do. The days are a Poisson process with a changing rate, by thinning:
// purchases at the highest rate, each kept with the activity of its day.
//
// Source: Lewis and Shedler (1979), doi:10.1002/nav.3800260304.
func (c course) purchases(d *dice, born float64, days []float64) (_ []float64, left float64) {
	days = append(days, born)
	for day := born + d.ExpFloat64()/c.rate; day < c.end; day += d.ExpFloat64() / c.rate {
		if d.Float64() < c.activity(day) {
			days = append(days, day)
		}
	}
	if c.profile == sudden {
		return days, c.turn
	}
	return days, math.Inf(1)
}

package simulate

import "math"

// traits are what a customer's whole history follows from: drawn once.
type traits struct {
	lambda   float64 // purchases per model unit while a customer; with k > 1, k times that
	counted  bool    // one opportunity to buy each unit, used with probability lambda
	k        int     // exponential stages in a gap between purchases; 1 is Poisson
	dropout  float64 // mu, p, eta or theta, by model; NaN where customers never leave
	lifetime float64 // model units from the first purchase to leaving; +Inf where coins decide
	coin     bool    // after a purchase the customer leaves with probability dropout
	first    bool    // the coin is tossed after the first purchase too
}

// model is one law of how customers buy and leave.
type model struct {
	name   string
	params []string
	// leave draws the part of the traits that ends a history; the caller has
	// drawn lambda where there is an r.
	leave func(d *dice, p map[string]float64, t *traits)
}

// models are those that can be simulated. In those with an r a customer's rate
// of purchase is lambda ~ Gamma(r, rate alpha), and the first purchase makes the
// customer. They differ in how customers leave, and those with a k in how
// regular the gaps are: a sum of k exponentials at rate lambda instead of one.
// The last two count opportunities, one each model unit after the first
// purchase; before each of them the customer leaves with probability
// theta ~ Beta.
var models = []model{
	// Schmittlein, Morrison and Colombo (1987), doi:10.1287/mnsc.33.1.1: an
	// exponential lifetime at rate mu ~ Gamma(s, rate beta).
	{"pareto-nbd", []string{"r", "alpha", "s", "beta"}, exponentialLife},
	// Fader, Hardie and Lee (2005), doi:10.1287/mksc.1040.0098: after each
	// repeat purchase the customer leaves with probability p ~ Beta(a, b).
	{"bg-nbd", []string{"r", "alpha", "a", "b"}, coinAfterRepeat},
	// Batislam, Denizel and Filiztekin (2007), doi:10.1016/j.ijresmar.2006.12.005:
	// as before, and after the first purchase too.
	{"mbg-nbd", []string{"r", "alpha", "a", "b"}, coinAfterEach},
	// Bemmaor and Glady (2012), doi:10.1287/mnsc.1110.1461: a Gompertz lifetime,
	// F(t) = 1 - exp(-eta (exp(b t) - 1)) with eta ~ Gamma(s, rate beta).
	{"ggompertz-nbd", []string{"r", "alpha", "b", "s", "beta"}, gompertzLife},
	// Reutterer, Platzer and Schroeder (2021),
	// doi:10.1016/j.ijresmar.2020.09.002: the two coins with regular gaps.
	{"bg-cnbd-k", []string{"k", "r", "alpha", "a", "b"}, coinAfterRepeat},
	{"mbg-cnbd-k", []string{"k", "r", "alpha", "a", "b"}, coinAfterEach},
	// Ehrenberg (1959), doi:10.2307/2985810: nobody ever leaves.
	{"nbd", []string{"r", "alpha"}, neverLeave},
	// Fader, Hardie and Shang (2010), doi:10.1287/mksc.1100.0580: each
	// opportunity is used with probability p ~ Beta(alpha, beta);
	// theta ~ Beta(gamma, delta).
	{"bg-bb", []string{"alpha", "beta", "gamma", "delta"}, coinBeforeOpportunity},
	// Fader and Hardie (2007), doi:10.1002/dir.20074: a contract that is paid
	// for each unit until it lapses, theta ~ Beta(alpha, beta).
	{"sbg", []string{"alpha", "beta"}, coinBeforeRenewal},
}

// Models lists the names of the models that can be simulated.
func Models() []string {
	names := make([]string, len(models))
	for i, m := range models {
		names[i] = m.name
	}
	return names
}

// findModel looks a model up by name.
func findModel(name string) (model, bool) {
	for _, m := range models {
		if m.name == name {
			return m, true
		}
	}
	return model{}, false
}

// draw makes a customer.
func (m model) draw(d *dice, p map[string]float64) traits {
	t := traits{
		k:        max(1, int(p["k"])), // models without a k have one stage
		lifetime: math.Inf(1),
	}
	if r, found := p["r"]; found {
		t.lambda = d.gamma(r, p["alpha"])
	}
	m.leave(d, p, &t)
	return t
}

func exponentialLife(d *dice, p map[string]float64, t *traits) {
	t.dropout = d.gamma(p["s"], p["beta"])
	t.lifetime = d.ExpFloat64() / t.dropout
}

// gompertzLife inverts the law: with E = eta (exp(b t) - 1) exponential,
// t = ln(1 + E/eta)/b.
func gompertzLife(d *dice, p map[string]float64, t *traits) {
	t.dropout = d.gamma(p["s"], p["beta"])
	t.lifetime = math.Log1p(d.ExpFloat64()/t.dropout) / p["b"]
}

func coinAfterRepeat(d *dice, p map[string]float64, t *traits) {
	t.dropout = d.beta(p["a"], p["b"])
	t.coin = true
}

func coinAfterEach(d *dice, p map[string]float64, t *traits) {
	coinAfterRepeat(d, p, t)
	t.first = true
}

func neverLeave(_ *dice, _ map[string]float64, t *traits) {
	t.dropout = math.NaN()
}

func coinBeforeOpportunity(d *dice, p map[string]float64, t *traits) {
	t.counted = true
	t.lambda = d.beta(p["alpha"], p["beta"])
	t.dropout = d.beta(p["gamma"], p["delta"])
}

func coinBeforeRenewal(d *dice, p map[string]float64, t *traits) {
	t.counted = true
	t.lambda = 1
	t.dropout = d.beta(p["alpha"], p["beta"])
}

// purchases appends the days of a customer's purchases to days, the first one
// at born. Days count from the start of the export and stay below end; unit is
// the number of days in a model unit. left is the day the customer left, +Inf
// if that did not happen before end.
func (t traits) purchases(d *dice, born, end, unit float64, days []float64) (_ []float64, left float64) {
	days = append(days, born)
	if t.counted {
		return t.opportunities(d, born, end, unit, days)
	}
	if t.first && d.Float64() < t.dropout {
		return days, born
	}
	leaves := born + t.lifetime*unit
	day := born
	for {
		day += t.gap(d) * unit
		// Negated, so that a rate of zero, whose gaps are not numbers or
		// infinite, ends the history.
		if !(day < min(leaves, end)) {
			break
		}
		days = append(days, day)
		if t.coin && d.Float64() < t.dropout {
			return days, day
		}
	}
	if leaves < end {
		return days, leaves
	}
	return days, math.Inf(1)
}

// opportunities is purchases where these come one each unit. The customer leaves
// on the day of the first opportunity that is not met.
func (t traits) opportunities(d *dice, born, end, unit float64, days []float64) (_ []float64, left float64) {
	for i := 1.0; born+i*unit < end; i++ {
		day := born + i*unit
		if d.Float64() < t.dropout {
			return days, day
		}
		if d.Float64() < t.lambda {
			days = append(days, day)
		}
	}
	return days, math.Inf(1)
}

// gap draws the time between two purchases, in model units.
func (t traits) gap(d *dice) float64 {
	var stages float64
	for range t.k {
		stages += d.ExpFloat64()
	}
	return stages / t.lambda
}

package clv

import "math"

// TotalPart is what some of the customers of a total come to, by member of the blend. Parts
// of different customers add up.
type TotalPart struct {
	weights []float64 // of the members
	members []memberTotal
}

// Parts takes the customers of a total apart: part[i] is which of so many parts row i of
// the panel is in. s and each are as for Total.
func (p *Predictive) Parts(panel Panel, s BlendScores, each Baskets, part []int32, parts int) []TotalPart {
	s = p.complete(panel, s)
	members := make([]*memberSum, len(p.forecasters))
	for i := range members {
		members[i] = &memberSum{Predictive: p, of: &p.forecasters[i], scores: s.Members[i], blend: s, member: i}
	}
	rows := make([][]int32, parts)
	for i, k := range part {
		rows[k] = append(rows[k], int32(i))
	}
	out := make([]TotalPart, parts)
	inParallel(parts, p.o.Workers, func(k int) {
		out[k] = TotalPart{weights: make([]float64, len(members)), members: make([]memberTotal, len(members))}
		for m, e := range members {
			out[k].weights[m] = e.of.weight
		}
		for _, i := range rows[k] {
			h := customer{row: row{x: panel.X[i], tx: panel.TX[i], t: panel.T[i], weight: panel.weight(int(i))}, at: int(i), each: each.At(int(i))}
			others := members[0].worth(members[0].scoresOf(&s.Scores, h.at), h.each)
			for m, e := range members {
				e.add(&out[k].members[m], &h, others)
			}
		}
	})
	return out
}

// Plus is what both parts come to together, of different customers.
func (t TotalPart) Plus(other TotalPart) TotalPart {
	if t.members == nil {
		return other
	}
	sum := TotalPart{weights: t.weights, members: make([]memberTotal, len(t.members))}
	for m := range sum.members {
		sum.members[m] = t.members[m]
		sum.members[m].plus(other.members[m])
	}
	return sum
}

// Forecast is that of the part, given the whole that it is of. Chance and how far members
// are apart are its own. The error of the parameters is taken to move all parts alike, by the
// same share of each: it is the shop's, and is worked out for the whole.
func (t TotalPart) Forecast(whole TotalForecast) TotalForecast {
	f := TotalForecast{Logarithmic: whole.Logarithmic}
	for m, part := range t.members {
		f.Expected += t.weights[m] * part.expected
		f.Gross += t.weights[m] * part.gross
		f.Logarithmic = f.Logarithmic && part.expected > 0
	}
	for m, part := range t.members {
		f.add(t.weights[m], part)
	}
	f.Parameters = whole.Parameters
	if !f.Logarithmic {
		share := ratio(f.Gross, whole.Gross)
		f.Parameters *= share * share
		if whole.Logarithmic {
			f.Parameters = whole.Parameters * f.Gross * f.Gross
		}
	}
	return f
}

// Sooner is the forecast of what comes of it in the first part of the horizon: so much is
// expected then, in a share of the time. Of the variance by chance the sooner part has its
// share of what is expected, as if purchases were independent of each other, which is more
// than it has. The error of the parameters is a share of what is expected; how far the
// members are apart is in proportion to the time.
func (t TotalForecast) Sooner(expected, time float64) TotalForecast {
	share := min(ratio(expected, t.Expected), 1)
	time = min(max(time, 0), 1)
	sooner := TotalForecast{Expected: expected, Gross: t.Gross * share, Logarithmic: t.Logarithmic && expected > 0}
	if sooner.Logarithmic {
		sooner.Chance = math.Log1p(math.Expm1(t.Chance) / share)
		sooner.Parameters, sooner.Members = t.Parameters, t.Members*time*time
		return sooner
	}
	share = math.Abs(share)
	sooner.Gross = t.Gross * share
	sooner.Chance, sooner.Parameters, sooner.Members = t.Chance*share, t.Parameters*share*share, t.Members*share*share*time*time
	return sooner
}

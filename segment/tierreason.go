package segment

import (
	"math"
	"strconv"
)

// reason writes why customer i is at level k, after a refusal if there was one.
func (t tiering) reason(i, k int, refused string) string {
	b := make([]byte, 0, 64)
	if k == NoLevel {
		b = t.appendMiss(b, i)
	} else {
		b = t.appendEarned(b, i, k)
	}
	if refused != "" {
		if len(b) > 0 {
			b = append(b, "; "...)
		}
		b = append(b, refused...)
	}
	return string(b)
}

// appendEarned writes every threshold of level k, all of which hold.
func (t tiering) appendEarned(b []byte, i, k int) []byte {
	for at, q := range t.levels[k].Qualify {
		if at > 0 {
			b = append(b, "; "...)
		}
		b = appendComparison(b, q, t.metrics[q.Metric][i], " >= ")
	}
	if len(t.levels[k].Qualify) == 0 {
		b = append(b, "open to all"...)
	}
	return b
}

// appendMiss writes the first threshold of the lowest level that does not
// hold. There is none when a limit alone kept the customer out.
func (t tiering) appendMiss(b []byte, i int) []byte {
	if len(t.levels) == 0 {
		return append(b, "no levels"...)
	}
	for _, q := range t.levels[0].Qualify {
		v := t.metrics[q.Metric][i]
		switch {
		case math.IsNaN(v):
			return append(append(b, q.Metric...), " unknown"...)
		case v < q.AtLeast:
			return appendComparison(b, q, v, " < ")
		}
	}
	return b
}

// appendComparison writes `spend 450 < 500`, with as many digits as it takes
// to tell the two numbers apart exactly.
func appendComparison(b []byte, q Threshold, v float64, sign string) []byte {
	b = append(append(b, q.Metric...), ' ')
	b = strconv.AppendFloat(b, v, 'f', -1, 64)
	b = append(b, sign...)
	return strconv.AppendFloat(b, q.AtLeast, 'f', -1, 64)
}

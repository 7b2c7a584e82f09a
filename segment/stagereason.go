package segment

import (
	"math"
	"strconv"
)

// reasons writes the numbers behind the stage of customer i, such as
//
//	purchase_days=14;mean_gap=12d;gap_cv=0.61;spend_cv=0.35;silence=61d;p_overdue=0.0011;p_trend=0.02
//
// A number that the customer has too few purchases for is left out, so that
// none is ever NaN.
func (j *stageJudge) reasons(i int, e declineEvidence) string {
	h, n := j.h, j.h.PurchaseDays[i]
	b := make([]byte, 0, 128)
	b = strconv.AppendInt(append(b, "purchase_days="...), int64(n), 10)
	if n > 1 {
		b = append(appendSignificant(append(b, ";mean_gap="...), h.meanGap(i)), 'd')
	}
	if n > trendRepeats {
		b = appendSignificant(append(b, ";gap_cv="...), h.gapCV(i))
	}
	if n > 1 && h.SpendMean[i] > 0 {
		b = appendSignificant(append(b, ";spend_cv="...), h.SpendSD[i]/h.SpendMean[i])
	}
	b = strconv.AppendInt(append(b, ";silence="...), int64(h.SilenceDays[i]), 10)
	b = append(b, 'd')
	if n == 1 && j.atFirst <= 0 {
		return string(append(b, ";too_few_repeat_buyers"...))
	}
	b = appendSignificant(append(b, ";p_overdue="...), e.pOverdue)
	if e.trended {
		b = appendSignificant(append(b, ";p_trend="...), e.pTrend)
	}
	if n == 1 {
		b = appendSignificant(append(b, ";p_return="...), e.pReturn)
	}
	if alive := h.pAlive(i); finite(alive) {
		b = appendSignificant(append(b, ";p_alive="...), alive)
	}
	return string(b)
}

// gapCV is the coefficient of variation of the gaps of a customer with three
// or more of them: how far to trust the rhythm. Rounding cannot make the
// variance negative.
func (h *History) gapCV(i int) float64 {
	x, active := float64(h.PurchaseDays[i]-1), float64(h.ActiveDays[i])
	variance := max(0, (h.SumSquaredGaps[i]-active*active/x)/(x-1))
	return math.Sqrt(variance) * x / active
}

// appendSignificant writes v with two significant digits, or as a whole number
// from 100 on, where two digits would need an exponent.
func appendSignificant(b []byte, v float64) []byte {
	if v >= 99.5 {
		return strconv.AppendFloat(b, v, 'f', 0, 64)
	}
	return strconv.AppendFloat(b, v, 'g', 2, 64)
}

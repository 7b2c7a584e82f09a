package simulate

import (
	"math"
	"strconv"
)

// TruthColumns are the names of the columns of the table of truth, which has
// one row for each customer, before any damage:
//
//   - customer_id
//   - profile: model, steady, sudden, gradual, returning or drifting
//   - first_time: the first purchase
//   - lambda: purchases per model unit while a customer; where the model has a
//     k, k times that; of a profile, the rate at its height
//   - dropout: mu, p, eta or theta of the model; empty where there is none
//   - turned: the day on which a profile changed its ways; empty if none
//   - left: the day of leaving; empty for customers who have not left by the end
//   - orders: purchases in the export, returns not among them
//   - mean_spend: the mean of the customer's spend per purchase, p/nu
//
// Where Options.Accounts says so, account stands behind them: the id of the account above.
func TruthColumns() []string {
	return []string{
		"customer_id", "profile", "first_time", "lambda", "dropout", "turned", "left", "orders", "mean_spend",
	}
}

// appendTruth appends the row of truth of customer i.
func (p *plan) appendTruth(b []byte, i int, l *life) []byte {
	b = append(b, p.customerID(i)...)
	b = append(append(b, ','), l.profile.String()...)
	b = p.at(l.born()).AppendFormat(append(b, ','), timeLayout)
	b = appendNumber(append(b, ','), l.lambda)
	b = appendNumber(append(b, ','), l.dropout)
	b = p.appendDay(append(b, ','), l.turn)
	b = p.appendDay(append(b, ','), l.left)
	b = strconv.AppendInt(append(b, ','), int64(len(l.days)), 10)
	b = appendNumber(append(b, ','), p.Spend.P/l.nu)
	if p.Accounts > 0 {
		b = append(append(b, ','), p.account(i)...)
	}
	return append(b, '\n')
}

// appendNumber appends v so that it reads back to the same float64; nothing
// for NaN.
func appendNumber(b []byte, v float64) []byte {
	if math.IsNaN(v) {
		return b
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}

// appendDay appends the calendar day that t falls on; nothing where t is after
// the end.
func (p *plan) appendDay(b []byte, t float64) []byte {
	if t >= float64(p.days) {
		return b
	}
	return p.at(t).AppendFormat(b, dateLayout)
}

package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The roles that a column can have.
const (
	roleCustomer   = "customer"
	roleEmail      = "email"
	rolePhone      = "phone"
	roleOrder      = "order"
	roleTime       = "time"
	roleClock      = "clock"
	roleAmount     = "amount"
	rolePrice      = "price"
	roleQuantity   = "quantity"
	roleProduct    = "product"
	roleCategory   = "category"
	roleRegion     = "region"
	roleChannel    = "channel"
	roleCurrency   = "currency"
	roleStatus     = "status"
	roleRefund     = "refund"
	roleRefundTime = "refund_time"
	roleCost       = "cost"
	roleReferrer   = "referrer"
	roleKind       = "kind" // of the row: sale, refund
	roleOriginal   = "original_order"
)

// candidate is a column that may have a role.
type candidate struct {
	*column
	score float64 // 0 to 1
	why   string
}

// roles are the columns of a table by role, likeliest first.
type roles struct {
	table *table
	of    map[string][]candidate
}

// unlikely is the score below which a column is no candidate.
const unlikely = 0.35

// findRoles gives every column its role, the roles that decide others first.
func findRoles(t *table) *roles {
	r := &roles{table: t, of: map[string][]candidate{}}
	for _, role := range []string{
		roleTime, roleClock, roleStatus, roleKind, roleCurrency, roleRefund, roleRefundTime, roleAmount, rolePrice, roleQuantity, roleCost,
		roleEmail, rolePhone, roleCustomer, roleOrder, roleProduct, roleCategory, roleRegion, roleChannel, roleReferrer,
	} {
		r.of[role] = r.candidates(role)
	}
	return r
}

// best is the likeliest column of a role; nil where there is none.
func (r *roles) best(role string) *candidate {
	if all := r.of[role]; len(all) > 0 {
		return &all[0]
	}
	return nil
}

// candidates are the columns that may have a role, likeliest first.
func (r *roles) candidates(role string) []candidate {
	var all []candidate
	for _, c := range r.table.columns {
		if r.taken(c, role) || c.filled == 0 || c.nested || tellsWho[role] && c.masked() {
			continue
		}
		name := nameScore(role, c.name)
		fit, why := r.fit(role, c)
		if fit == 0 || name == 0 && !speaksForItself[role] {
			continue
		}
		score := 0.65*name + 0.35*fit
		if speaksForItself[role] {
			score = max(score, 0.5*fit)
		}
		if role == roleCustomer && isPersonsName(c.name) {
			score *= 0.8 // several people may have one
		}
		if score < unlikely {
			continue
		}
		if name > 0 {
			why = strings.TrimSuffix("its name says so; "+why, "; ")
		}
		all = append(all, candidate{c, score, why})
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return all
}

// speaksForItself are roles that values alone can tell.
var speaksForItself = map[string]bool{roleTime: true, roleEmail: true, roleCurrency: true}

// tellsWho are roles that tell one person from others.
var tellsWho = map[string]bool{roleCustomer: true, roleEmail: true, rolePhone: true}

// taken tells whether a column has another role already: one that is surer than
// this could be.
func (r *roles) taken(c *column, role string) bool {
	for _, other := range []string{roleTime, roleStatus, roleKind, roleCurrency, roleRefund, roleAmount, rolePrice, roleQuantity, roleCustomer, roleOrder, roleProduct, roleCategory, roleRegion} {
		best := r.best(other)
		if other != role && best != nil && best.column == c && !shares(role, other) {
			return true
		}
	}
	return false
}

// shares tells whether a column may have two roles: an email may be the id.
func shares(role, other string) bool {
	return role == roleCustomer && other == roleEmail || role == roleClock
}

// fit is how well a column's values suit a role, 0 where they do not, and why.
func (r *roles) fit(role string, c *column) (float64, string) {
	switch role {
	case roleTime, roleRefundTime:
		return r.timeFit(role, c)
	case roleClock:
		return float64(boolTo(looksLikeClock(c))), "a time of day"
	case roleAmount, rolePrice, roleRefund, roleCost:
		return moneyFit(c), "money"
	case roleQuantity:
		return quantityFit(c), "whole numbers"
	case roleEmail:
		return atLeast(c.emails, 0.8), "addresses"
	case roleCurrency:
		return r.currencyFit(c), "three letters"
	case roleStatus, roleKind:
		return r.wordsFit(c)
	case roleCustomer:
		return r.customerFit(c)
	case roleOrder:
		return r.orderFit(c)
	case roleCategory, roleRegion, roleChannel:
		return labelFit(c, r.table), counted(c.distinct(), "value")
	case roleProduct:
		return labelFit(c, r.table), counted(c.distinct(), "value")
	}
	return 1 - c.times, ""
}

// currencyFit: capital letters speak for themselves, small ones only with a name.
func (r *roles) currencyFit(c *column) float64 {
	const most = 40 // currencies in one export
	fits := c.codes > 0.95 || nameScore(roleCurrency, c.name) > 0.5 && c.allMatch(anyCurrency)
	return float64(boolTo(fits && c.distinct() <= most))
}

func boolTo(b bool) int {
	if b {
		return 1
	}
	return 0
}

func atLeast(share, least float64) float64 {
	if share < least {
		return 0
	}
	return share
}

// notOrdered are words in the name of a time that is not the one of the purchase.
var notOrdered = []string{
	"ship", "shipped", "shipping", "delivery", "delivered", "due", "update", "updated", "modified", "cancelled", "cancel", "birth", "refund", "refunded", "expiry", "estimated", "limit", "carrier", "completed", "closed", "reporting", "payout", "available",
	"versand", "liefer", "lieferdatum", "faellig", "faelligkeit", "geaendert", "livraison", "echeance", "expedition", "entrega", "envio", "vencimiento", "vencimento", "发货", "收货", "完成", "更新", "结束", "确认", "出生", "生日",
}

func (r *roles) timeFit(role string, c *column) (float64, string) {
	fit, why := c.times, "days or times"
	if fit < 0.5 && c.epochs() > 0.95 && nameScore(role, c.name) > 0.5 {
		fit, why = 0.9, "seconds since 1970"
	}
	if fit < 0.5 {
		return 0, ""
	}
	if role == roleTime {
		for _, w := range notOrdered {
			if containsWord(fold(c.name), w) {
				return fit * 0.3, why
			}
		}
	}
	return fit * (0.5 + 0.5*c.fill(r.table)), why
}

// looksLikeClock tells whether a column holds times of a day without the day.
func looksLikeClock(c *column) bool {
	return c.allMatch(clockShape)
}

func moneyFit(c *column) float64 {
	if c.numbers < 0.9 || c.times > 0.5 || c.codes > 0.1 {
		return 0
	}
	return 0.6*c.numbers + 0.4*min(1, 2*c.decimals)
}

func quantityFit(c *column) float64 {
	if c.numbers < 0.95 || c.times > 0.5 {
		return 0
	}
	return 1 - 0.8*c.decimals
}

func labelFit(c *column, t *table) float64 {
	if c.times > 0.5 || c.decimals > 0.3 || c.emails > 0.3 {
		return 0
	}
	if len(t.look.Rows) > 20 && c.unique(t) {
		return 0.2 // a label that names one row names nothing
	}
	return 1
}

// wordsFit is how many of a column's values are words about what became of an
// order.
func (r *roles) wordsFit(c *column) (float64, string) {
	const most = 40 // values: more are no list of states
	if c.distinct() > most || c.numbers > 0.5 || c.times > 0.5 {
		return 0, ""
	}
	known := 0
	for v := range c.values {
		if meaningOf(v) != "" {
			known++
		}
	}
	if known == 0 {
		return 0.3, "few values"
	}
	return 1, fmt.Sprintf("%d of its %d values say what became of an order", known, c.distinct())
}

// customerFit: a customer comes back on other days.
func (r *roles) customerFit(c *column) (float64, string) {
	if c.times > 0.5 || c.decimals > 0.3 || c.distinct() < 2 && len(r.table.look.Rows) > 5 {
		return 0, ""
	}
	comes := r.spread(c)
	switch {
	case c.unique(r.table) && len(r.table.look.Rows) > 20:
		return 0.1, "every value stands once"
	case comes > 0:
		return 0.5 + 0.5*comes, fmt.Sprintf("%.0f%% of its values that repeat do so on other days", 100*comes)
	}
	return 0.4, counted(c.distinct(), "value")
}

// orderFit: an order has one time, however many rows it has.
func (r *roles) orderFit(c *column) (float64, string) {
	if c.times > 0.5 || c.decimals > 0.3 || c.emails > 0.1 {
		return 0, ""
	}
	switch stays := 1 - r.spread(c); {
	case c.unique(r.table):
		return 1, "every value stands once"
	case stays > 0.9:
		return stays, "its rows have one day"
	case r.oneCustomer(c):
		return 0.7, "its rows have one customer"
	default:
		return 0.3 * stays, "its rows have several days"
	}
}

// spread is the share of the values standing in several rows that stand on
// several days.
func (r *roles) spread(c *column) float64 {
	time := r.best(roleTime)
	if time == nil {
		return 0
	}
	first := map[string]string{}
	several := map[string]bool{} // values in several rows: whether on several days
	for _, row := range r.table.look.Rows {
		v, day := strings.TrimSpace(row[c.at]), dayPart(row[time.at])
		if v == "" || day == "" {
			continue
		}
		if before, again := first[v]; again {
			several[v] = several[v] || before != day
		} else {
			first[v] = day
		}
	}
	if len(several) == 0 {
		return 0
	}
	n := 0
	for _, spread := range several {
		n += boolTo(spread)
	}
	return float64(n) / float64(len(several))
}

// oneCustomer tells whether all rows of each value have the same customer, and a
// customer several values: an order whose goods came back has rows on several days.
func (r *roles) oneCustomer(c *column) bool {
	customer := r.best(roleCustomer)
	if customer == nil || customer.column == c || c.distinct() <= customer.distinct() {
		return false
	}
	whose := map[string]string{}
	for _, row := range r.table.look.Rows {
		id, who := strings.TrimSpace(row[c.at]), strings.TrimSpace(row[customer.at])
		if before, again := whose[id]; again && before != who && id != "" {
			return false
		}
		whose[id] = who
	}
	return true
}

// dayPart is a time without its clock, near enough to tell days apart.
func dayPart(v string) string {
	v = strings.TrimSpace(v)
	if at := clockIn.FindStringIndex(v); at != nil {
		return strings.TrimSpace(v[:at[0]])
	}
	return v
}

// counted is a number and what it counts.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

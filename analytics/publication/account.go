package publication

import "clientele/analytics/ledger"

// Fates accounts for rows or for their money: read = used + all rejected.
type Fates[T any] struct {
	Read     T                   `json:"read"`
	Used     T                   `json:"used"`
	Rejected map[ledger.Reason]T `json:"rejected"`
}

// MoneyFates accounts for the money of rows.
type MoneyFates struct {
	Read string `json:"read"`
	Used string `json:"used"`
	// Rejected is null where no row set aside for a reason has an amount that
	// can be read.
	Rejected map[ledger.Reason]*string `json:"rejected"`
	// Unknown counts, by reason, the rows whose amount cannot be read: their
	// money is in none of the sums.
	Unknown map[ledger.Reason]int64 `json:"unknown"`
}

// SourceFates accounts for one source of the job file.
type SourceFates struct {
	Path  string       `json:"path"`
	Rows  Fates[int64] `json:"rows"`
	Money MoneyFates   `json:"money"`
	Joins []JoinFates  `json:"joins,omitempty"` // as the source has them
}

// JoinFates accounts for the rows of a source in the files of one join. Rows that are
// malformed or left out by the source's own condition are in none of its counts.
type JoinFates struct {
	Path      string   `json:"path"`
	Found     Returned `json:"found"`
	NoKey     Returned `json:"no_key"`     // rows without the key
	NoPartner Returned `json:"no_partner"` // rows whose key the joined files have not
}

// JoinFatesOf are the fates of rows in joins.
func JoinFatesOf(joins []ledger.JoinCount) []JoinFates {
	var all []JoinFates
	for _, j := range joins {
		all = append(all, JoinFates{
			Path: j.Path, Found: Returned{j.Found.Rows, j.Found.Money},
			NoKey: Returned{j.NoKey.Rows, j.NoKey.Money}, NoPartner: Returned{j.NoPartner.Rows, j.NoPartner.Money},
		})
	}
	return all
}

// FatesOf are the fates of rows and of their money.
func FatesOf(t ledger.Tally) (Fates[int64], MoneyFates) {
	rows := Fates[int64]{t.Read.Rows, t.Used.Rows, map[ledger.Reason]int64{}}
	money := MoneyFates{t.Read.Money.String(), t.Used.Money.String(), map[ledger.Reason]*string{}, map[ledger.Reason]int64{}}
	for reason, c := range t.Rejected {
		rows.Rejected[reason] = c.Rows
		money.Rejected[reason] = nil
		if c.Known() {
			known := c.Money.String()
			money.Rejected[reason] = &known
		}
		if c.Unknown > 0 {
			money.Unknown[reason] = c.Unknown
		}
	}
	return rows, money
}

// Returned is rows of a kind and the money in them.
type Returned struct {
	Rows  int64        `json:"rows"`
	Money ledger.Money `json:"money"`
}

// ReturnsOnly is the customers of whom only returns are known. They are in no list;
// their money is in money.used.
type ReturnsOnly struct {
	Customers int64        `json:"customers"`
	Money     ledger.Money `json:"money"`
}

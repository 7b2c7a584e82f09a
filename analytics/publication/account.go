package publication

import (
	"clientele/internal/money"
)

// Input is an export file, with the fingerprint of the bytes that were read.
type Input struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows"`
	// Encoding is that of text, where it is not UTF-8.
	Encoding string `json:"encoding,omitempty"`
}

// Fates accounts for rows or for their money: read = used + all rejected.
type Fates[T any] struct {
	Read     T            `json:"read"`
	Used     T            `json:"used"`
	Rejected map[string]T `json:"rejected"`
}

// MoneyFates accounts for the money of rows.
type MoneyFates struct {
	Read string `json:"read"`
	Used string `json:"used"`
	// Rejected is null where no row set aside for a reason has an amount that
	// can be read.
	Rejected map[string]*string `json:"rejected"`
	// Unknown counts, by reason, the rows whose amount cannot be read: their
	// money is in none of the sums.
	Unknown map[string]int64 `json:"unknown"`
}

// SourceFates accounts for one source of the job file.
type SourceFates struct {
	Path  string       `json:"path"`
	Rows  Fates[int64] `json:"rows"`
	Money MoneyFates   `json:"money"`
	Joins []JoinFates  `json:"joins,omitempty"` // as the source has them
}

// CurrencyFates are the rows used whose money came in one currency.
type CurrencyFates struct {
	Currency  string       `json:"currency"`
	Rows      int64        `json:"rows"`
	Money     money.Amount `json:"money"`     // in that currency
	Converted money.Amount `json:"converted"` // in the job's, by its rates
}

// JoinFates accounts for the rows of a source in the files of one join. Rows that are
// malformed or left out by the source's own condition are in none of its counts.
type JoinFates struct {
	Path      string   `json:"path"`
	Found     Returned `json:"found"`
	NoKey     Returned `json:"no_key"`     // rows without the key
	NoPartner Returned `json:"no_partner"` // rows whose key the joined files have not
}

// Returned is rows of a kind and the money in them.
type Returned struct {
	Rows  int64        `json:"rows"`
	Money money.Amount `json:"money"`
}

// Returns are the rows of returns, and what became of them.
type Returns struct {
	Returned
	*ReturnFates // nil: none says what it belongs to
}

// ReturnFates tells which sales returns take back. Each return is in one of the first four,
// with all of its money.
type ReturnFates struct {
	ByOrder      Returned     `json:"matched_by_order"`
	ByProduct    Returned     `json:"matched_by_product"`
	Partly       Returned     `json:"partly"` // matched by product, for a part of the quantity
	Unmatched    Returned     `json:"unmatched"`
	MatchedMoney money.Amount `json:"matched_money"` // of all, what takes back sales
	OrdersUndone int64        `json:"orders_undone"` // orders of which nothing is left
	// AllReturned are the customers all of whose orders came back. They are in no list; their
	// money is in money.used.
	AllReturned ReturnsOnly `json:"all_returned"`
}

// ReturnsOnly is the customers of whom only returns are known. They are in no list;
// their money is in money.used.
type ReturnsOnly struct {
	Customers int64        `json:"customers"`
	Money     money.Amount `json:"money"`
}

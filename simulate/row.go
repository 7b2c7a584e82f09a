package simulate

import (
	"strconv"
	"time"
)

// Columns are the names of an export's columns, in order. Where Options.Accounts says so,
// account stands behind them.
func Columns() []string {
	return []string{
		"customer_id", "order_id", "time", "product", "category",
		"quantity", "unit_price", "amount", "channel", "region",
	}
}

// Row is one line of an order or of a return.
type Row struct {
	Customer string    // customer_id; empty where the flaw is NoCustomer
	Order    string    // order_id; that of a return is C and the order's
	Time     time.Time // wall clock to the second, as UTC
	Product  string
	Category string
	Quantity int32 // below 0 in a return
	// UnitPrice is above 0. Amount is exactly Quantity times UnitPrice.
	UnitPrice, Amount Cents
	Channel, Region   string
	Account           string // the id of the account above the customer; empty: none
	// Flaw is what is wrong with the row, Sound if nothing. Where it hides a
	// column (the time, the amount, those cut off), the row still has the truth.
	Flaw Flaw
	// Text is what stands in place of the time or the amount where the flaw is
	// NoTime, BadTime or BadAmount.
	Text string
}

// Cents is an amount of money in hundredths of the currency.
type Cents int64

// String writes the amount with two decimals: -12.05.
func (c Cents) String() string { return string(c.appendText(nil)) }

// appendText appends what String writes.
func (c Cents) appendText(b []byte) []byte {
	if c < 0 {
		b = append(b, '-')
		c = -c
	}
	b = strconv.AppendInt(b, int64(c/100), 10)
	return append(b, '.', byte('0'+c/10%10), byte('0'+c%10))
}

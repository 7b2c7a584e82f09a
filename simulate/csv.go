package simulate

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes an export as CSV with a header: RFC 4180 in UTF-8, but lines
// end in \n alone. Times are like 2026-03-05 14:22:10, prices and amounts have
// two decimals. Rows that are CutOff have fewer columns than the header. truth
// takes the table of TruthColumns and may be nil.
//
// To compress the export, give a compressing writer and close it afterwards.
// An error of w or truth, or the end of ctx, leaves an incomplete export.
func WriteCSV(ctx context.Context, w, truth io.Writer, o Options) (Counts, error) {
	write := func(b *[]byte) error {
		if _, err := w.Write(*b); err != nil {
			return fmt.Errorf("simulate: write csv: %w", err)
		}
		return nil
	}
	// Before anything is written, so that bad options leave no trace.
	if err := o.Validate(); err != nil {
		return Counts{}, err
	}
	header := []byte(strings.Join(o.withAccount(Columns()), ",") + "\n")
	if err := write(&header); err != nil {
		return Counts{}, err
	}
	encode := func(rows []Row, out *[]byte) error {
		b := (*out)[:0]
		for i := range rows {
			b = rows[i].appendCSV(b, o.Accounts > 0)
		}
		*out = b
		return nil
	}
	return run(ctx, truth, o, sink[[]byte]{encode: encode, write: write})
}

// appendCSV appends the row as a line of CSV, perhaps with the account.
func (r *Row) appendCSV(b []byte, account bool) []byte {
	b = append(append(b, r.Customer...), ',')
	b = append(append(b, r.Order...), ',')
	b = append(r.appendTime(b), ',')
	b = appendField(b, r.Product)
	if r.Flaw == CutOff {
		return append(b, '\n')
	}
	b = append(b, ',')
	b = append(appendField(b, r.Category), ',')
	b = append(strconv.AppendInt(b, int64(r.Quantity), 10), ',')
	b = append(r.UnitPrice.appendText(b), ',')
	b = append(r.appendAmount(b), ',')
	b = append(appendField(b, r.Channel), ',')
	b = appendField(b, r.Region)
	if account {
		b = append(append(b, ','), r.Account...)
	}
	return append(b, '\n')
}

// appendTime appends the time, or what stands in its place.
func (r *Row) appendTime(b []byte) []byte {
	if r.Flaw == NoTime || r.Flaw == BadTime {
		return appendField(b, r.Text)
	}
	return r.Time.AppendFormat(b, timeLayout)
}

// appendAmount appends the amount, or what stands in its place.
func (r *Row) appendAmount(b []byte) []byte {
	if r.Flaw == BadAmount {
		return appendField(b, r.Text)
	}
	return r.Amount.appendText(b)
}

// appendField appends a text, in quotes where it holds a character with a
// meaning in CSV; quotes in it are doubled.
func appendField(b []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	for part := range strings.SplitSeq(s, `"`) {
		b = append(b, part...)
		b = append(b, '"', '"')
	}
	// One quote too many: the second of the pair after the last part closes.
	return b[:len(b)-1]
}

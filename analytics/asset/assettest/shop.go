package assettest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Shop is a random shop: exports of two files, and what its job needs beside them.
type Shop struct {
	Dir string
	// Currencies has rows in two currencies, Orders order ids, Matched returns that name their
	// order, Categories a category of most rows.
	Currencies, Orders, Matched, Categories bool
}

// Random makes a shop from a seed. Whether it has order ids, categories, currencies and
// returns that name their order goes by the seed.
func Random(t testing.TB, seed uint64) Shop {
	t.Helper()
	s := Shop{Dir: t.TempDir(), Currencies: seed%3 == 1, Orders: seed%2 == 1, Matched: seed%4 == 3, Categories: seed%5 != 4}
	r := rand.New(rand.NewPCG(seed, 18))
	files := [2]strings.Builder{}
	const header = "line,customer,ord,day,category,amount,list,currency,returned,original\n"
	files[0].WriteString(header)
	files[1].WriteString(header)
	var sales []string // lines of orders that a return may name: customer, order, day
	left := map[string]int{}
	for line := range 60 + r.IntN(120) {
		customer, day := s.customer(r), 1+r.IntN(900)
		order := fmt.Sprintf("%s-%d-%d", customer, day, r.IntN(2))
		amount, list := r.IntN(9000), []string{"", "0", fmt.Sprintf("%d.25", r.IntN(60))}[r.IntN(3)]
		returned, original := "no", ""
		if len(sales) > 0 && r.IntN(5) == 0 {
			returned, list = "yes", ""
			if s.Matched && r.IntN(3) > 0 {
				original = sales[r.IntN(len(sales))]
				customer = strings.Split(original, "-")[0]
				if amount = left[original]; r.IntN(2) == 0 {
					amount /= 2
				}
				left[original] -= amount
			}
			order = fmt.Sprintf("back%d", line)
		} else if left[order] += amount; amount > 0 {
			sales = append(sales, order)
		}
		fmt.Fprintf(&files[r.IntN(2)], "%d,%s,%s,%s,%s,%d.%02d,%s,%s,%s,%s\n", line, customer, order, date(day), pick(r, "", "tea", "cups", "coffee", "pots"),
			amount/100, amount%100, list, s.currency(r, returned), returned, original)
	}
	for i := range files {
		require.NoError(t, os.WriteFile(filepath.Join(s.Dir, fmt.Sprintf("export%d.csv", i)), []byte(files[i].String()), 0o600))
	}
	s.write(t, "rates.csv", "currency,rate\nUSD,0.9137\n")
	s.write(t, "ids.csv", "alias,customer\nc9,c1\n")
	return s
}

// customer is one of few, so that each buys several times; c9 is c1 under another id.
func (s Shop) customer(r *rand.Rand) string { return fmt.Sprintf("c%d", r.IntN(10)) }

// currency is that of a row. Returns that name an order are worth what it was.
func (s Shop) currency(r *rand.Rand, returned string) string {
	if s.Currencies && !s.Matched && returned == "no" {
		return pick(r, "EUR", "USD")
	}
	return "EUR"
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

// firstDay is the day before the first of the exports.
var firstDay = time.Date(2023, 11, 20, 0, 0, 0, 0, time.UTC)

func date(day int) string { return firstDay.AddDate(0, 0, day).Format(time.DateOnly) }

func (s Shop) write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(s.Dir, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// Job writes the job file of a night, with more settings, and gives its path.
func (s Shop) Job(t testing.TB, settings string) string {
	t.Helper()
	columns := []string{"customer: customer", "time: day", "amount: amount", "list_price: list"}
	for column, has := range map[string]bool{"order: ord": s.Orders, "category: category": s.Categories, "currency: currency": s.Currencies, "original_order: original": s.Matched} {
		if has {
			columns = append(columns, column)
		}
	}
	rates := ""
	if s.Currencies {
		rates = "rates: rates.csv\n"
	}
	return s.write(t, "job.yaml", "name: shop\nas_of: 2026-05-20\ncurrency: EUR\n"+rates+`sources:
  - path: export*.csv
    columns: {`+strings.Join(columns, ", ")+`}
    returns: returned = 'yes'
identity: {map: ids.csv}
rfm: off
`+settings)
}

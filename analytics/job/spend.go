package job

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Spend is what was spent on winning customers.
type Spend struct {
	Path   string // as the job file has it
	SHA256 string
	Rows   int
	// List has a month and channel once, in their order.
	List []MonthSpend
}

// MonthSpend is what was spent in a month on a channel. An empty channel is all customers:
// the amount is for whoever was won in the month, by any.
type MonthSpend struct {
	Month   calendar.Month
	Channel string
	Amount  money.Amount
}

// Until is what was spent up to a month: a night knows nothing of later ones.
func (s *Spend) Until(month calendar.Month) []MonthSpend {
	if s == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.List), func(m MonthSpend) bool { return m.Month > month })
}

// spendColumns are the columns of the file. A file without channels is of all customers.
var spendColumns = []string{"month", "amount"}

// ReadSpend reads clv.costs.acquisition.spend; nil where the job has none. The file is a
// CSVFile with the columns month, amount and perhaps channel. The error is Errors, with
// every line that is wrong.
func (j *Job) ReadSpend() (*Spend, error) {
	if j.CLV == nil || j.CLV.Costs.Acquisition.Spend == "" {
		return nil, nil //nolint:nilnil // most jobs have none
	}
	file, err := OpenCSV(j.Dir, "clv.costs.acquisition.spend", j.CLV.Costs.Acquisition.Spend, spendColumns...)
	if err != nil {
		return nil, err
	}
	r := &spendReader{channels: file.Has("channel"), mapped: mapsChannel(j.Sources), sums: map[MonthSpend]money.Amount{}}
	r.eachRow(file, r.add)
	if len(r.found) > 0 {
		return nil, r.found
	}
	return &Spend{Path: file.Path, SHA256: file.SHA256, Rows: r.rows, List: r.list()}, nil
}

// spendReader reads the file. Lines of one month and channel add up: exports of
// advertisers have a line for each campaign.
type spendReader struct {
	reader
	channels, mapped bool
	rows             int
	sums             map[MonthSpend]money.Amount // keys have no amount
}

// spendAmount is how an amount is written: a sum of money has at most as many places as
// the ledger keeps.
var spendAmount = regexp.MustCompile(`^\d{1,12}(\.\d{1,` + strconv.Itoa(money.Scale) + `})?$`)

// add takes one line.
func (r *spendReader) add(row CSVRow) {
	r.rows++
	month, amount := spendColumns[0], spendColumns[1]
	var at MonthSpend
	var err error
	if at.Month, err = calendar.ParseMonth(row.Cell(month)); err != nil {
		r.report(row.At(month), month, "%s is not a month; want one such as 2026-03", quoted(row.Cell(month)))
	}
	if r.channels {
		at.Channel = row.Cell("channel")
	}
	if at.Channel != "" && !r.mapped {
		r.report(row.At("channel"), "channel", "no source maps a channel; map one (sources.0.columns.channel), or leave the cell empty to share the amount among all customers of the month")
	}
	var spent money.Amount
	if !spendAmount.MatchString(row.Cell(amount)) || spent.UnmarshalText([]byte(row.Cell(amount))) != nil {
		r.report(row.At(amount), amount, "%s is not an amount of at least 0; want digits alone, with a point before cents, such as 1234.50", quoted(row.Cell(amount)))
	}
	r.sums[at] = r.sums[at].Plus(spent)
}

// list are the sums in order.
func (r *spendReader) list() []MonthSpend {
	all := make([]MonthSpend, 0, len(r.sums))
	for at, sum := range r.sums {
		at.Amount = sum
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b MonthSpend) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Channel, b.Channel))
	})
	return all
}

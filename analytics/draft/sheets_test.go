package draft_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/draft"
	"clientele/analytics/job"
)

// sheet is a sheet of a workbook that has others too.
func sheet(name, text string) draft.Input {
	in := look("book.xlsx", text)
	in.Looks[0].Sheet, in.Looks[0].Format = name, job.XLSX
	return in
}

const (
	ordersSheet = "Order no;Customer no;Order date;Total\n1;a;2025-01-01;9.50\n2;b;2025-01-02;3.25\n3;a;2025-02-03;3.25"
	daysSheet   = "Day;Net sales\n2025-01-01;9.50\n2025-01-02;3.25\n2025-02-03;3.25"
	peopleSheet = "Customer no;Region\na;North\nb;South"
)

// Of the sheets of a workbook the one with purchases is read, one that says more of its
// rows is joined, and for the others it is said why they are not.
func TestOneSheetHasThePurchases(t *testing.T) {
	d, err := draft.New([]draft.Input{sheet("By day", daysSheet), sheet("Our customers", peopleSheet), sheet("Orders", ordersSheet), sheet("Notes", "text;by\nx;y")}, draft.Answers{})
	require.NoError(t, err)
	require.Len(t, d.Sources, 1)
	require.Equal(t, "Orders", decided(d)["sheet"])
	var file strings.Builder
	require.NoError(t, d.Write(&file))
	require.Contains(t, file.String(), `
    sheet: Orders                 # likely: no other sheet of the workbook says who bought, when and for how much
    # sheet: By day  # no column of it says who bought
    # sheet: Our customers  # no column of it is a time with an amount of money
    # sheet: Notes  # no column of it is a time with an amount of money
`)
	require.Contains(t, file.String(), "      - path: book.xlsx\n        sheet: Our customers\n        as: our-customers\n        on: Customer no\n")
	require.Equal(t, []draft.Unused{
		{Path: "book.xlsx, sheet By day", Why: "no column of it says who bought, and no other file names its rows"},
		{Path: "book.xlsx, sheet Notes", Why: "no column of it is a time with an amount of money, and no other file names its rows"},
	}, d.Unused)
}

// Sheets that are parts of one list are all read.
func TestSheetForEachMonth(t *testing.T) {
	d, err := draft.New([]draft.Input{
		sheet("January", ordersSheet),
		sheet("February", "Order no;Customer no;Order date;Total\n4;a;2025-03-01;9.50\n5;b;2025-03-02;3.25\n6;c;2025-03-03;3.25"),
	}, draft.Answers{})
	require.NoError(t, err)
	require.Len(t, d.Sources, 2)
}

// Where several sheets may have the purchases it is asked which: a copy would count twice,
// and so would the lines of the orders.
func TestSheetIsAsked(t *testing.T) {
	for name, other := range map[string]string{
		"a copy": ordersSheet,
		"a list of lines": "Customer no;Order date;Product;Line total;Order no\na;2025-01-01;mug;4.50;1\na;2025-01-01;cup;5.00;1\n" +
			"b;2025-01-02;mug;3.25;2\na;2025-02-03;mug;3.25;3",
	} {
		in := []draft.Input{sheet("Orders 2025", ordersSheet), sheet("Other", other), sheet("By day", daysSheet)}
		_, err := draft.New(in, draft.Answers{})
		var q *draft.Question
		require.ErrorAs(t, err, &q, name)
		require.Equal(t, []string{"Orders 2025", "Other"}, q.Choices, name)
		require.ErrorContains(t, err, "book.xlsx: several of its sheets may have the purchases (Orders 2025, Other), and to read all might count them twice: which is to be read; answer with --sheet 'Orders 2025'")
		a := draft.Answers{}
		a.Set(q.Key, "Other")
		d, err := draft.New(in, a)
		require.NoError(t, err, name)
		require.Len(t, d.Sources, 1, name)
		require.Equal(t, "Other", decided(d)["sheet"], name)

		_, err = draft.New(in, draft.Answers{Sheets: []string{"Oders"}})
		require.ErrorContains(t, err, `no workbook with rows on several sheets has one called "Oders"; the sheets are: Orders 2025, Other, By day`)
	}
}

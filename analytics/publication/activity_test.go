package publication_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

func fileOf(name string, content []byte) publication.File {
	sum := sha256.Sum256(content)
	return publication.File{Path: name, Bytes: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
}

// What is written is read again, from files for programs and for spreadsheets.
func TestActivity(t *testing.T) {
	month := func(text string) calendar.Month {
		m, err := calendar.ParseMonth(text)
		require.NoError(t, err)
		return m
	}
	rows := []publication.ActivityMonth{
		{Cohort: month("2011-11"), Month: month("2011-11"), Customers: 3, PurchaseDays: 4, Orders: 5, Spend: money.FromFloat(12.5)},
		{Cohort: month("2011-11"), Month: month("2011-12"), Spend: money.FromFloat(-0.125)},
		{Cohort: month("2011-12"), Month: month("2011-12"), Customers: 1, PurchaseDays: 1, Orders: 1},
	}
	columns := publication.ActivityColumns(rows)
	require.NoError(t, publication.CheckList(column.Activity.File, columns))
	table, err := publish.NewTable(nil, columns...)
	require.NoError(t, err)
	defer table.Release()
	for _, o := range []publish.CSVOptions{{}, {Spreadsheet: true}} {
		var file bytes.Buffer
		_, err = publish.WriteCSV(&file, table.Schema(), publish.Batches(table), o)
		require.NoError(t, err)
		found, err := withFile(t, 12, column.Activity.File, file.Bytes()).ReadActivity()
		require.NoError(t, err)
		require.Equal(t, rows, found)
	}
}

func TestActivityThatIsNone(t *testing.T) {
	const header = "cohort,month,customers,purchase_days,orders,spend\n"
	for text, want := range map[string]string{
		"":                                   "EOF",
		"cohort,month\n":                     "its columns are cohort, month, expected cohort, month, customers",
		header + "2011-13,2011-12,1,1,1,0\n": "row 1: ",
		header + "2011-11,2011-12,x,1,1,0\n": "row 1: ",
		header + "2011-11,2011-12,1,1,1,x\n": `"x" is no amount`,
		header + "2011-11\n":                 "wrong number of fields",
	} {
		_, err := withFile(t, 12, column.Activity.File, []byte(text)).ReadActivity()
		require.ErrorContains(t, err, want, text)
		require.ErrorContains(t, err, "activity.csv")
	}
}

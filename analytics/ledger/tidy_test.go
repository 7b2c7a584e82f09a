package ledger_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Texts and times with and without what is not theirs. Most times of a source are sound, as
// others would make it one that is read in another way.
var (
	tidyTexts  = []string{"a", "ann", "a b", "null", "N/A", `\N`, `\n`, "", " ", "a ", " a", "a\t", "a\r", "a\v", "a\f", "\ra", "\va", "\fa", "\u00a0a", "a\u3000", "\u2009", "é", "客户", "é ", "0012", "-", "~", "!", "\x7f"}
	soundTimes = []string{"2024-03-31", "2024-03-31 23:30:00", "2024-03-31T23:30:00", "2024-03-31 00:30", "2024-03-31T23:30", " 2024-03-31 ", "2024-03-31 23:30:00\t"}
	oddTimes   = []string{
		"2024-03-31\u00a0", "2024-02-30", "2024-13-01", "2024-01-01 24:00:00", "2024-01-01 25:00:00", "2024-01-01 10:61", "0000-00-00", "0013-02-10", "9999-12-31",
		"2024-03-31 23:59:59.999999", "2024-03-31T23:30:00Z", "2024-03-31 23:30:00+08", "2024-03-31 23:30:00 UTC", "2024-3-5", "2024-03-31  23:30", "2024-03-31x23:30:00",
		"", " ", "yesterday", "20240331", "1710000000", "٢٠٢٤-٠٣-٣١", "2024-10-27 01:30:00", "2024-03-31 02:30:00", "2024/03/31", "2024-03-31 2:30", "-024-03-31",
	}
)

// What a row tells of its cells spares work and changes nothing: a column by itself, of which
// it tells, is read as the same column behind an expression, of which it does not.
func TestTidyRowsAreReadAsOthers(t *testing.T) {
	const repeated = 20
	var rows [][]string
	add := func(i int, text, time string) {
		other := tidyTexts[i%len(tidyTexts)]
		rows = append(rows, []string{text, time, other, other + text, "5"})
	}
	for i := range repeated {
		for _, text := range tidyTexts {
			for _, time := range soundTimes {
				add(i, text, time)
			}
		}
	}
	for i, time := range oddTimes {
		add(i, "ann", time)
	}
	for _, file := range []string{"export.csv", "export.json"} {
		for _, zones := range [][2]string{{"UTC", "UTC"}, {"Europe/Berlin", "America/New_York"}, {"America/New_York", "Asia/Shanghai"}} {
			s := newShop(t)
			s.write(file, exported(t, file, rows))
			settings := head + "timezone: " + zones[0] + "\nsources:\n  - path: " + file + "\n    timezone: " + zones[1] + "\n    columns: "
			bare := s.outcome(settings + "{customer: id, time: day, order: no, channel: shop, amount: amount}\n")
			behind := s.outcome(settings + "{customer: id || '', time: day || '', order: no || '', channel: shop || '', amount: amount}\n")
			require.Equal(t, behind, bare, "%s %v", file, zones)
		}
	}
}

// What shows nothing around an id is no part of it, whichever character that is: before it, behind
// it, in a file of any kind, and behind an expression.
func TestNothingInvisibleIsPartOfAnID(t *testing.T) {
	blanks := []string{" ", "\t", "\n", "\v", "\f", "\r", "\u00a0", "\u1680", "\u2009", "\u202f", "\u205f", "\u3000"}
	for _, file := range []string{"export.csv", "export.json", "export.parquet"} {
		for _, customer := range []string{"id", "id || ''"} {
			s := newShop(t)
			var rows [][]string
			for _, blank := range blanks {
				for _, id := range []string{"ann" + blank, blank + "ann", "ann" + blank + blank, "ann " + blank + " "} {
					rows = append(rows, []string{id, "2024-03-31", "7", "web", "5"})
				}
			}
			if file == "export.parquet" {
				s.writeParquet([]string{"id", "day", "no", "shop", "amount"}, rows)
			} else {
				s.write(file, exported(t, file, rows))
			}
			s.load(head + "sources:\n  - path: " + file + "\n    duplicates: keep\n    columns: {customer: \"" + customer + "\", time: day, amount: amount}\n")
			for i, got := range s.cells("customer") {
				require.Equal(t, "ann", got, "%s %s %q", file, customer, rows[i][0])
			}
		}
	}
}

// exported are rows as a file has them.
func exported(t *testing.T, file string, rows [][]string) string {
	names := []string{"id", "day", "no", "shop", "amount"}
	var text strings.Builder
	if file == "export.csv" {
		text.WriteString(strings.Join(names, ",") + "\n")
		for _, r := range rows {
			text.WriteString(`"` + strings.Join(r, `","`) + "\"\n")
		}
		return text.String()
	}
	for _, r := range rows {
		object := map[string]string{}
		for i, n := range names {
			object[n] = r[i]
		}
		line, err := json.Marshal(object)
		require.NoError(t, err)
		text.WriteString(string(line) + "\n")
	}
	return text.String()
}

// outcome is what becomes of rows.
func (s *shop) outcome(yaml string) []string {
	s.t.Helper()
	plan := s.load(yaml)
	rows := s.cells("file, line, reason, customer, order_id, day, amount, time_form, attribute_channel")
	for _, r := range s.rejects(plan) {
		rows = append(rows, fmt.Sprint(r))
	}
	return rows
}

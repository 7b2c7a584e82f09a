package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// signs are numbers with several signs, and what they mean; empty: they are none.
var signs = [][2]string{{"-5-", "-5"}, {"(-5)", "-5"}, {"+5-", "-5"}, {"--5", ""}, {"-(5)", ""}, {"5-5", ""}, {"(5", ""}}

// leapSeconds are times of a minute with a second too many, as their columns write them.
var leapSeconds = []struct{ file, written, good, more string }{
	{"iso.csv", "2016-12-31 23:59:60", "2016-12-31 23:59:59", ""},
	{"zoned.csv", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", ""},
	{"dotted.csv", "31.12.2016 23:59:60", "31.12.2016 23:59:59", ""},
	{"stated.csv", "31.12.2016 23:59:60", "31.12.2016 23:59:59", "    dates: '%d.%m.%Y %H:%M:%S'\n"},
}

// signsAndSeconds writes exports of both, and gives the job and the reasons of its rows.
func (s *shop) signsAndSeconds() (yaml string, want []string) {
	var text, job strings.Builder
	text.WriteString("id,day,amount\n")
	for i, c := range signs {
		fmt.Fprintf(&text, "s%d,2024-01-01,%s\n", i, c[0])
		reason := ""
		if c[1] == "" {
			reason = "amount_unreadable"
		}
		want = append(want, fmt.Sprintf("s%d|%s|%s", i, c[1], reason))
	}
	s.write("signs.csv", text.String())
	job.WriteString(head + "sources:\n" + source("signs.csv"))
	for _, c := range leapSeconds {
		name := strings.TrimSuffix(c.file, ".csv")
		s.write(c.file, "id,day,amount\n"+name+","+c.written+",1\n"+name+","+c.good+",2\n")
		job.WriteString(source(c.file) + c.more)
		want = append(want, name+"|1|time_unreadable", name+"|2|")
	}
	return job.String(), want
}

// Several signs are one, and a minute has sixty seconds.
func TestSignsAndLeapSeconds(t *testing.T) {
	s := newShop(t)
	yaml, want := s.signsAndSeconds()
	s.load(yaml)
	require.Equal(t, want, s.cells("customer, amount, reason"))
}

// They are on Spark, too.
func TestSparkReadsSignsAndLeapSecondsAsDuckDB(t *testing.T) {
	s := newShop(t)
	yaml, want := s.signsAndSeconds()
	require.Len(t, s.sameOnSpark(yaml, yaml), len(want))
}

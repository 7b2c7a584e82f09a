package ledger

import (
	"path/filepath"
	"strings"

	"clientele/analytics/job"
)

// CheckOnCluster refuses, as a [job.Errors], what a job asks for that a cluster is not asked to do.
func CheckOnCluster(j *job.Job) error {
	if wrong := refusedOnCluster(j); len(wrong) > 0 {
		return inFileOrder(wrong)
	}
	return nil
}

// refusedOnCluster is what a job asks for that this version does where it reads the exports
// itself, and not on a cluster.
func refusedOnCluster(j *job.Job) (wrong job.Errors) {
	of := func(key string) {
		wrong = append(wrong, job.Violation{At: j.Sources[0].At, Key: key, Message: notOnCluster})
	}
	for _, one := range []struct {
		key   string
		asked bool
	}{
		{"rates", j.Rates != ""}, {"identity", j.Identity != nil}, {"hierarchy", j.Hierarchy != nil}, {"consent", j.Consent != nil},
	} {
		if one.asked {
			of(one.key)
		}
	}
	for i, s := range j.Sources {
		c := s.Columns
		for _, one := range []struct {
			key   string
			asked bool
		}{
			{"join", len(s.Join) > 0},
			{"sheet", s.Sheet != ""},
			{"records", s.Records != ""},
			{"fill_down", len(s.FillDown) > 0},
			{"format", s.Format == job.XLSX || s.Format == job.Arrow},
			{"encoding", s.Encoding != job.AutoEncoding && s.Encoding != "utf-8"},
			{"numbers", s.Numbers != job.AutoNumbers && s.Numbers != job.CommaPointNumbers},
			{"dates", s.Dates.Word() != job.AutoDates},
			{"timezone", s.Timezone != "" && s.Timezone != j.Timezone},
			{"amount_is", s.AmountIs == job.OrderAmount},
			{"columns.time.1", c.Clock != ""},
			{"columns.currency", c.Currency != ""},
			{"columns.parent", c.Parent != ""},
			{"columns.keys", len(c.Keys) > 0},
			{"columns.consent", c.Consent != ""},
			{"columns.provenance", c.Provenance != ""},
			{"columns.refund", c.Refund != ""},
			{"columns.refund_time", c.RefundTime != ""},
			{"duplicates", s.Duplicates == job.DropDuplicates},
		} {
			if one.asked {
				wrong = append(wrong, violation(s, i, one.key, notOnCluster))
			}
		}
		if s.Duplicates == job.WarnOfDuplicates && s.Table == "" && severalFiles(s.Path) {
			wrong = append(wrong, violation(s, i, "path", "may name several files, and rows that stand in two of them are not looked for on Spark; write sources.%d.duplicates: keep to count each row", i))
		}
	}
	return wrong
}

const notOnCluster = "is not done on Spark in this version; see docs/scale.md for what is, and let the export or a view of it do this"

// severalFiles tells whether a path may name more than one file.
func severalFiles(path string) bool {
	return strings.ContainsAny(path, "*?[{") || filepath.Ext(path) == ""
}

// absolute is a path from the root; a relative one is seen from dir.
func absolute(dir, path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

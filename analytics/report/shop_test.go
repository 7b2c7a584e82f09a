package report_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/report"
)

// night is a publication of the bundled shop, with its page.
type night struct {
	publication, before string // folders; before is empty for a first night
	page                []byte
	file                string // that has the page
}

// shop has two nights of a job, and the second in Chinese: tests only read them.
type shop struct{ first, second, chinese *night }

// onlineRetail is UCI Online Retail, where it is on this machine: it is read in place.
var onlineRetail = filepath.Join("..", "..", "..", "shared", "data", "uci-online-retail.csv.gz")

var (
	bundled = sync.OnceValues(func() (*shop, error) { return publishShop("shop.yaml", "2026-05-31", "2026-06-30") })
	retail  = sync.OnceValues(func() (*shop, error) {
		path, err := filepath.Abs(onlineRetail)
		if err != nil {
			return nil, err
		}
		return publishShop("online-retail.yaml", "2011-11-09", "2011-12-10", "sources.0.path="+path)
	})
)

// publishShop runs two nights of a job of testdata, the second in Chinese too.
func publishShop(file, first, second string, overrides ...string) (*shop, error) {
	out, err := os.MkdirTemp("", "report")
	if err != nil {
		return nil, err
	}
	s := &shop{}
	if s.first, err = publishNight(file, out, "en", append(overrides, "as_of="+first)...); err != nil {
		return nil, err
	}
	if s.second, err = publishNight(file, out, "en", append(overrides, "as_of="+second)...); err != nil {
		return nil, err
	}
	// In another folder: a night in Chinese would take the place of the one in English.
	s.chinese, err = publishNight(file, filepath.Join(out, "zh"), "zh", append(overrides, "as_of="+second, "output.language=zh")...)
	return s, err
}

// bundledShop is made once, when a test first asks for it.
func bundledShop(t *testing.T) *shop {
	t.Helper()
	if testing.Short() {
		t.Skip("publishes three nights")
	}
	s, err := bundled()
	require.NoError(t, err)
	return s
}

// publishNight runs a job and writes its page beside its publications.
func publishNight(file, out, name string, overrides ...string) (*night, error) {
	noClock := func() time.Time { panic("the job names the night") }
	j, err := job.Load(filepath.Join("..", "..", "testdata", file), append(overrides, "output.dir="+out), noClock)
	if err != nil {
		return nil, err
	}
	r, err := analytics.Run(context.Background(), j, analytics.Options{})
	if err != nil {
		return nil, err
	}
	n := &night{publication: r.Path}
	p, err := publication.Open(r.Path)
	if err != nil {
		return nil, err
	}
	before, err := p.OpenPrevious()
	if err != nil {
		return nil, err
	}
	if before != nil {
		n.before = before.Path
	}
	var page bytes.Buffer
	if err := report.Write(&page, p, before, report.Options{}); err != nil {
		return nil, err
	}
	n.page, n.file = page.Bytes(), filepath.Join(out, name+"-"+p.AsOf+".html")
	return n, os.WriteFile(n.file, n.page, 0o666)
}

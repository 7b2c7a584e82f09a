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

// shop has two nights of the bundled job, and the second in Chinese: tests only read them.
type shop struct{ first, second, chinese *night }

var bundled = sync.OnceValues(func() (*shop, error) {
	out, err := os.MkdirTemp("", "report")
	if err != nil {
		return nil, err
	}
	s := &shop{}
	if s.first, err = publishNight(out, "en", "as_of=2026-05-31"); err != nil {
		return nil, err
	}
	if s.second, err = publishNight(out, "en", "as_of=2026-06-30"); err != nil {
		return nil, err
	}
	s.chinese, err = publishNight(filepath.Join(out, "zh"), "zh", "as_of=2026-06-30", "output.language=zh")
	return s, err
})

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

// publishNight runs the bundled job and writes its page beside its publications.
func publishNight(out, name string, overrides ...string) (*night, error) {
	noClock := func() time.Time { panic("the job names the night") }
	j, err := job.Load(filepath.Join("..", "..", "testdata", "shop.yaml"), append(overrides, "output.dir="+out), noClock)
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
	if err := report.Write(&page, p, before); err != nil {
		return nil, err
	}
	n.page, n.file = page.Bytes(), filepath.Join(out, name+"-"+p.AsOf+".html")
	return n, os.WriteFile(n.file, n.page, 0o666)
}

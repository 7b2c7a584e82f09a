package browser

import (
	"context"
	"errors"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// ErrNone is that the machine has no Chromium.
var ErrNone = errors.New("no chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk fonts-liberation)")

// names are what Chromium is called.
var names = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// Browser is a Chromium without a window.
type Browser struct {
	ctx  context.Context
	stop []context.CancelFunc
}

// Open starts Chromium. The error is [ErrNone] where there is none.
func Open(ctx context.Context) (*Browser, error) {
	path := ""
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, ErrNone
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // it opens our own pages alone, and containers have no user to lock it in with
		chromedp.Flag("hide-scrollbars", false),
		chromedp.Flag("force-color-profile", "srgb"),
	)
	b := &Browser{}
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	b.stop = append(b.stop, stop)
	b.ctx, stop = chromedp.NewContext(ctx)
	b.stop = append(b.stop, stop)
	return b, chromedp.Run(b.ctx)
}

// Close ends it.
func (b *Browser) Close() {
	for i := len(b.stop) - 1; i >= 0; i-- {
		b.stop[i]()
	}
}

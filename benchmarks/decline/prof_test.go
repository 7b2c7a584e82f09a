package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"clientele/segment"
)

var (
	shopN = flag.Int("shop", 0, "")
	nN    = flag.Int("n", 300, "")
	seedN = flag.Uint64("seed", 11, "")
)

func TestProf(t *testing.T) {
	p, of := shops[*shopN].play(rand.New(rand.NewPCG(*seedN, 0)), *nN)
	l := options{workers: 2}.lifecycle()
	if *fixed {
		l.Forecaster = constant{l.Forecaster}
	}
	a := time.Now()
	r, err := l.Follow(p, nil, span)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(time.Since(a), err, r.Panel.Again, r.Panel.Once, r.Panel.Slowdowns, string(r.Panel.Forecast), r.Panel.Regularity)
	a = time.Now()
	out, err := l.Describe(p, r, nil)
	fmt.Println(time.Since(a), err)
	type c struct{ n, in, below, watch, ever int }
	cells := make([]c, len(kinds)+1)
	called, wrong, goes := 0, 0, 0.0
	for i, k := range of {
		if k < 0 {
			k = len(kinds)
		}
		x := &cells[k]
		x.n++
		if r.Lives[i].Declines > 0 {
			x.ever++
		}
		if out.Momentum[i] < 0.3 {
			x.below++
		}
		if out.Momentum[i] < 0.5 {
			x.watch++
		}
		if out.Stage[i] == segment.Declining {
			x.in++
			if k < len(kinds) {
				called++
				goes += out.GoesOn[i]
				if kinds[k].truth == steady {
					wrong++
				}
			}
		}
	}
	for k, x := range cells {
		name := "others"
		if k < len(kinds) {
			name = kinds[k].name
		}
		if x.n > 0 {
			n := float64(x.n)
			fmt.Printf("%-50s %5d in %.3f  <.3 %.3f  <.5 %.3f  ever %.3f\n", name, x.n, float64(x.in)/n, float64(x.below)/n, float64(x.watch)/n, float64(x.ever)/n)
		}
	}
	fmt.Printf("called %d false %.3f goes on %.3f\n", called, float64(wrong)/float64(called), goes/float64(called))
}

var fixed = flag.Bool("fixed", true, "")

type constant struct{ segment.Forecaster }

var consts = map[int]string{
	0: `[{"model":"pareto-nbd","weight":0.21169853719691192,"params":{"alpha":76.436975159,"beta":657000000,"r":2.92628253147,"s":216744.94537}},{"model":"bg-nbd","weight":0.2507781583288321,"params":{"a":7825.2624611,"alpha":72.836638472,"b":1000000,"r":2.80403009622}},{"model":"mbg-nbd","weight":0.34921986680174066,"params":{"a":7592.203355,"alpha":74.406723192,"b":1000000,"r":2.87282200315}},{"model":"nbd","weight":0.18830343767251526,"params":{"alpha":75.281404713,"r":2.68803628148}}]`,
	2: `[{"model":"pareto-nbd","weight":0.20248749891895212,"params":{"alpha":62.538757853,"beta":625000000,"r":2.39616083167,"s":13717.011064}},{"model":"bg-nbd","weight":0.22497239783563666,"params":{"a":439.1172543,"alpha":62.028220041,"b":1000000,"r":2.37604896691}},{"model":"mbg-nbd","weight":0.2882492931420978,"params":{"a":437.4573642,"alpha":62.18598015,"b":1000000,"r":2.38305511457}},{"model":"nbd","weight":0.28429081010331336,"params":{"alpha":62.085461693,"r":2.3646771282}}]`,
}

func (c constant) Fit(h segment.Histories, day int32, before json.RawMessage) (json.RawMessage, error) {
	return json.RawMessage(consts[*shopN]), nil
}

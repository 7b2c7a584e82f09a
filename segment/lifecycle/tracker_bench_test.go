package lifecycle

import (
	"math/rand/v2"
	"syscall"
	"testing"
)

// BenchmarkMillion puts a million customers with about ten purchases each
// through all tests, one shard at a time, as a caller may whose memory is to stay
// flat: on an ordinary night, and on the first, which goes through the past too.
// The figure to read is CPU time.
func BenchmarkMillion(b *testing.B) {
	const shard, night = 1 << 16, 730
	p := simulated(21, shard, night, func(random *rand.Rand) buyer {
		leaves := 0.3 + 1.5*random.ExpFloat64()
		return buyer{k: 1.2, meanGap: 20 + 60*random.ExpFloat64(), keep: func(at float64) float64 {
			if at > leaves {
				return 0
			}
			return 1
		}}
	})
	p = firstTen(p, night)
	shop := shopOf(Rules{})
	panel := fitted(b, shop, p, FitDay(night))
	begin := &Record{Night: night - 1, Panel: panel, Lives: make([]Life, p.Len())}
	run := func(b *testing.B, before *Record) *Record {
		b.Helper()
		r, err := shop.Follow(p, before, night)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := shop.Describe(p, r, nil); err != nil {
			b.Fatal(err)
		}
		return r
	}
	known := run(b, begin)
	known.Night--
	for name, before := range map[string]*Record{"ordinary-night": known, "first-night": begin} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			begin := cpu(b)
			for b.Loop() {
				run(b, before)
			}
			b.ReportMetric(1e6*(cpu(b)-begin)/float64(b.N)/float64(p.Len()), "CPU-s/million")
		})
	}
	b.Run("fit", func(b *testing.B) {
		begin := cpu(b)
		for b.Loop() {
			fitted(b, shop, p, FitDay(night))
		}
		b.ReportMetric(1e6*(cpu(b)-begin)/float64(b.N)/float64(p.Len()), "CPU-s/million")
	})
}

// BenchmarkReasons says what the stages of customers rest on, in no order, as files of the best
// customers first do.
func BenchmarkReasons(b *testing.B) {
	const night = 730
	p := simulated(21, 1<<16, night, func(random *rand.Rand) buyer {
		leaves := 0.3 + 1.5*random.ExpFloat64()
		return buyer{k: 1.2, meanGap: 20 + 60*random.ExpFloat64(), keep: func(at float64) float64 {
			if at > leaves {
				return 0
			}
			return 1
		}}
	})
	shop := shopOf(Rules{})
	r, err := shop.Follow(p, nil, night)
	if err != nil {
		b.Fatal(err)
	}
	of, err := shop.Describe(p, r, nil)
	if err != nil {
		b.Fatal(err)
	}
	order, room := rand.New(rand.NewPCG(1, 2)).Perm(p.Len()), make([]byte, 0, 1<<10)
	b.ReportAllocs()
	begin := cpu(b)
	for b.Loop() {
		for _, i := range order {
			room = of.AppendReasons(room[:0], i)
		}
	}
	b.ReportMetric(1e6*(cpu(b)-begin)/float64(b.N)/float64(p.Len()), "CPU-s/million")
}

// cpu is the user time of this process so far, in seconds.
func cpu(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec) + float64(u.Utime.Usec)/1e6
}

// firstTen keeps customers with ten purchases or more, and the first ten of each,
// moved to end on the same nights as before.
func firstTen(p Purchases, night int32) (out Purchases) {
	for i := range p.Len() {
		days := p.daysOf(i, night)
		if len(days) < 10 {
			continue
		}
		out.add(days[len(days)-10:]...)
		copy(out.Spend[len(out.Spend)-10:], p.Spend[p.Start[i+1]-10:p.Start[i+1]])
	}
	return out
}

package experiment

// What intervals, sizes and alarms are read at.
const (
	// tail is the share beyond each end of an interval: intervals hold 90%.
	tail = 0.05
	// sizeFactor is z(1 − .05/2) + z(.80) = 1.960 + 0.842: a two-sided test at 5% finds an
	// effect of so many standard errors with a chance of 80%.
	//
	// Source: Lehr (1992), Statistics in Medicine 11(8), whose 16 s²/d² per arm is
	// 2 · 2.80² rounded up; Kohavi, Tang and Xu (2020), Trustworthy Online Controlled
	// Experiments, eq. 15.1.
	sizeFactor = 2.80
	// ratioAlarm is the chance below which a sample ratio is an alarm.
	//
	// Source: Fabijan et al. (2019), Diagnosing Sample Ratio Mismatch in Online Controlled
	// Experiments, KDD, which takes .0005 to .001 at large sites.
	ratioAlarm = 0.001
	// balanceMark is the chance below which arms are said to differ in what was known before the
	// draw: one sound draw in twenty is below it, so that it is a mark and no alarm.
	//
	// Source: Fisher (1935), The Design of Experiments, section 7, on one in twenty; Hansen and
	// Bowers (2008), Statistical Science 23(2), on balance as a randomisation test.
	balanceMark = 0.05
	// rounds of a randomisation test: one more is a multiple of 20, so that the tails of 5%
	// are whole numbers and the test is exact (Davison and Hinkley (1997), Bootstrap Methods
	// and their Application, section 4.2.5).
	rounds = 1999
	// cochran is how many squared skewnesses an arm must have in customers for a normal
	// approximation of its mean.
	//
	// Source: Cochran (1977), Sampling Techniques, section 2.15: n > 25 G₁².
	cochran = 25
)

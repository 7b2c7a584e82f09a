package calendar

// NoDay stands where there is no day.
const NoDay int32 = -1 << 31

#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

/// Counts the heap allocations of the calling thread, by standing before the C library's `malloc` and its like.
/// Linked into test programs only.

/// Starts counting on this thread, from 0.
void allocation_counter_begin(void);

/// Ends counting; returns the number of allocations since `allocation_counter_begin`, or -1 where they cannot be counted
/// because a sanitizer has put its own allocator there.
long allocation_counter_end(void);

#endif

#pragma once

#include <tbb/task_arena.h>

namespace xgrad {

/// Has some thread of `arena` call `function`, at any later time. In a file of its own because a build with the thread
/// sanitizer compiles it without: TBB's library is not instrumented, and its hand-over would be reported as a race.
/// Throws what TBB throws where it cannot.
void enqueue(tbb::task_arena& arena, void (*function)());

}  // namespace xgrad

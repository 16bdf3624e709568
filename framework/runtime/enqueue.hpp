#pragma once

#include <tbb/task_arena.h>

namespace xgrad {

/// Has a thread of `arena` call `function` at some time. Throws what TBB throws where it cannot.
void enqueue(tbb::task_arena& arena, void (*function)());

}  // namespace xgrad

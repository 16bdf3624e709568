#include <xgrad/framework/runtime/enqueue.hpp>

namespace xgrad {

void enqueue(tbb::task_arena& arena, void (*function)()) {
  arena.enqueue([function] { function(); });
}

}  // namespace xgrad

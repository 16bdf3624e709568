#pragma once

#include <xgrad/framework/core/op.hpp>

namespace xgrad {

/// An operator of few rows, each of which is work for a task of its own: blocks have one row.
class LongRows : public Op {};

}  // namespace xgrad

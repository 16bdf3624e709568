#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/broadcast_to.hpp>

namespace xgrad {

static const Register registered_broadcast_to{{
    .name = "broadcast_to",
    .family = OperatorFamily::shape,
    .signature = "broadcast_to(x, shape)",
    .summary = "x repeated along new leading axes and axes of size 1.",
    .formula = "result[i, j] = x[j]",
    .gradient = "c summed over the repeated axes",
    .shapes = "x of a shape that broadcasts to the one asked for: that one",
}};

}  // namespace xgrad

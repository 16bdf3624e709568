#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>

namespace xgrad {

Tensor operator+(const Tensor& left, const Tensor& right) { return add(left, right); }
Tensor operator+(const Tensor& left, Number right) { return add(left, number_like("add", right, left)); }
Tensor operator+(Number left, const Tensor& right) { return add(number_like("add", left, right), right); }

static const Register registered_add{{
    .name = "add",
    .family = OperatorFamily::binary,
    .signature = "add(left, right), left + right",
    .summary = "Sum of two tensors, element by element, with broadcasting.",
    .formula = "left + right",
    .gradient = "c for both",
}};

}  // namespace xgrad

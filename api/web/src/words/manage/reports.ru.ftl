## Отчёты: список, один из них, что стоит за числом

reports-title = Отчёты
reports-not-kept = Чего книга пока не хранит
reports-lost = Не загрузилось.
reports-days = Какие дни
reports-last-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
reports-from = С
reports-to = По
reports-weekday = День недели
reports-every-day = Все дни
reports-period = Смена
reports-all-periods = Все
reports-back = Все отчёты
reports-tap = Коснитесь отметки или числа в таблице, чтобы увидеть вечера за ним.
reports-first-of = Нарисованы первые { $shown } из { $all }.
reports-figures = Числа
reports-csv = Сохранить CSV
reports-of = { $what }: { $of }
reports-cases = { $cases ->
    [one] { $cases } случай
    [few] { $cases } случая
   *[many] { $cases } случаев
}, сначала последние.
reports-latest-of = Последние { $shown } из { $all }.
reports-when = Когда
reports-guest = Гость
reports-no-name = имя не сохранено
reports-party = Гостей
reports-happened = Что было
reports-note = Заметка
reports-minutes = Минуты
reports-amount = Сумма
reports-share = Доля
reports-number = Число

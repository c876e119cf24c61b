## Что советуют вечера

advice-reading = Перечитываем ваши вечера.
advice-title = Что советуют ваши вечера
advice-lead = { $changes ->
        [0] Ничто из увиденного не противоречит тому, что записано.
        [one] **{ $changes } число** стоит изменить. До публикации ничего не меняется.
        [few] **{ $changes } числа** стоит изменить. До публикации ничего не меняется.
       *[many] **{ $changes } чисел** стоит изменить. До публикации ничего не меняется.
    }
advice-lead-silent = Пока увидено слишком мало, чтобы советовать.
advice-group-holds = Придержанные столы
advice-group-beyond = Сверх зала
advice-group-grace = Опаздывающие гости
advice-group-turn_times = Сколько сидят гости
advice-draft = Сделать черновик
advice-why = Почему
advice-rests-on = { $evenings ->
        [one] { $evenings } вечер
        [few] { $evenings } вечера
       *[many] { $evenings } вечеров
    }, { $cases ->
        [one] { $cases } случай
        [few] { $cases } случая
       *[many] { $cases } случаев
    }
advice-open = Что советуют ваши вечера
